## What is wrong with a panel, an evaluation's files, a summary or an audit of fairness, and what to do (told-do-).

told-panel-log = un resultado de 0 no tiene logaritmo
told-panel-no-value = { $name } no tiene valor
told-panel-negative = el recuento es menor que 0
told-panel-when = debe decir cuándo empezó la medida
told-panel-zero-one = treated no es ni 0 ni 1
told-panel-window = periods no está escrito como los periodos del panel
told-panel-no-row = no queda ninguna fila
told-panel-header-twice = la columna { $cell } está dos veces
told-panel-exposure = la exposición no es positiva
told-panel-cluster = una unidad cambia de conglomerado
told-panel-twice = la misma unidad y el mismo periodo están dos veces
told-panel-gap =
    { $kind ->
        [month] el mes
        [quarter] el trimestre
       *[other] el periodo
    } { $period } falta en todas las unidades
told-panel-late = la unidad aparece tarde, en { $period }
told-panel-early = la unidad termina pronto, en { $period }
told-panel-hole = falta el periodo { $period }
told-panel-off = la medida se interrumpe en { $period }
told-ev-register = la línea { $line } no es una entrada de un registro
told-no-workspace = no hay espacio de trabajo
told-file-exists = el archivo ya existe
told-pool-no-result = no es el archivo de resultados de una evaluación
told-pool-differ = las evaluaciones difieren en la escala o en qué dirección es buena
told-pool-same = es la misma evaluación
told-pool-few = { $n } estimaciones no hacen un resumen
told-threshold-none = los registros no tienen ningún umbral { $name }
told-threshold-several = los registros tienen { $n } umbrales con ese nombre
told-threshold-outcome = los registros no tienen ningún resultado { $name }
told-panel-own-floors = el plan tiene mínimos u opciones propios: de dos paneles así se sabría lo que hizo un solo funcionario
told-panel-cuts =
    el periodo del plan corta un { $span ->
        [quarter] trimestre
       *[other] mes
    } en { $day }: de dos paneles así se sabría una parte de él
told-panel-ending = el nombre de un panel termina en .csv o .parquet
told-panel-not-written = el panel no se puede escribir ({ $why })
told-panel-no-period = { $period } no es un periodo
told-panel-needs = necesita { $needs }
told-panel-none = no da ningún panel: no cuenta nada por aduana y periodo
told-panel-none-assignment-steering = no da ningún panel: cuántas veces un declarante se encuentra con un funcionario solo se espera según quién declaró y quién trabajó en los mismos días: una razón recalculada en cada periodo, en la que un cambio común a todos ha desaparecido
told-panel-none-value-shortfall = no da ningún panel: un valor solo es bajo frente a lo que otros declaran por las mismas mercancías al mismo tiempo: una razón recalculada en cada periodo; frente a precios de un momento fijo, un panel contaría el mercado mundial
told-no-question = nada aquí pregunta { $question }
told-panel-no-office = no se cuenta ninguna aduana { $office }
told-panel-not-period = { $label } no es un periodo
told-panel-other-period =
    { $label } no es un { $span ->
        [quarter] trimestre
       *[other] mes
    }
told-panel-base-empty =
    ningún { $span ->
        [quarter] trimestre
       *[other] mes
    } entero cae en la base: el panel empieza en { $first }
told-panel-base-late = la base llega hasta { $last }, y la medida empieza en { $start }
told-fair-unread = no se puede leer la lista de grupos
told-fair-columns = la lista de grupos necesita una columna `person` y entre 1 y 20 más, cada una nombrada una vez
told-fair-twice = alguien figura dos veces en la lista de grupos
told-fair-long = la auditoría no terminó en { $seconds } segundos
told-fair-failed = el proceso sellado falló
told-fair-unasked = { $question } no se puede preguntar a estos registros
told-fair-nobody = { $question } no examina a nadie

told-do-panel-log = Use la escala rate, o periodos más largos.
told-do-panel-no-value = Complételo con los registros; deje fuera la unidad con exclude, o el periodo con periods.
told-do-panel-negative = Corrija la fila. Lo que puede bajar de 0 no es un recuento: quite exposure del plan y use la escala level.
told-do-panel-when = Dé first_treated (el primer periodo de la unidad bajo la medida) o treated (0 o 1 por fila), no ambos.
told-do-panel-zero-one = Escriba 0 o 1.
told-do-panel-window = Escríbalo como { $like }.
told-do-panel-no-row = Revise el archivo, exclude y periods.
told-do-panel-header-twice = Dé a cada columna su propio nombre.
told-do-panel-exposure = Use periodos más largos, o deje fuera la unidad.
told-do-panel-cluster = Agrupe por lo que no cambia.
told-do-panel-twice = Sume las filas, o corrija el nombre.
told-do-panel-gap = Añádalo, o conserve solo los periodos de un lado (periods).
told-do-panel-late = Déjela fuera (exclude), o empiece el panel cuando estén todas las unidades (periods).
told-do-panel-early = Déjela fuera (exclude), o termine el panel ahí (periods).
told-do-panel-hole = Añada la fila (un recuento de 0 es un valor), o deje fuera la unidad (exclude).
told-do-panel-off = Termine el panel antes (periods), deje fuera la unidad (exclude), o evalúe el final como una medida propia.
told-do-ev-register = Restaure el archivo desde una copia: sin él no se sabe qué se registró ni cuándo.
told-do-no-workspace = Nombre una carpeta NAME.arusha.
told-do-file-exists = Nombre otro archivo, o use --force.
told-do-pool-no-result = Dé el result.json de cada una.
told-do-pool-differ = Reúna las que miden igual.
told-do-pool-same = Dé cada una una sola vez.
told-do-pool-few = Dé dos evaluaciones o más.
told-do-threshold-file = Revise data en el plan.
told-do-thresholds-are = Sus umbrales son { $names }.
told-do-threshold-load = Cargue la tabla thresholds.
told-do-threshold-several = Dé a cada uno su nombre, o exporte las declaraciones de uno a un archivo y nómbrelo en data.
told-do-threshold-outcome = Elija entre { $known }.
told-do-panel-own-floors = Quítelos, o haga que la pregunta entre en vigor según la carta.
told-do-panel-cuts =
    Empiece y termine su periodo con el primer día de un { $span ->
        [quarter] trimestre
       *[other] mes
    }, o quítelo.
told-do-panel-ending = Nombre otro archivo.
told-do-panel-not-written = Nombre con --out una carpeta que exista y tenga espacio.
told-do-one-of = Uno de: { $known }.
told-do-panel-needs = Cargue registros que lo tengan.
told-do-panel-give = Preguntas que dan paneles: { $known }.
told-do-did-you-mean = ¿Quiso decir { $known }?
told-do-write-like = Escriba { $like }.
told-do-panel-base-empty = Nombre un día posterior, o un inicio posterior.
told-do-panel-base-late = Termine la base antes del primer inicio: una expectativa no debe contener lo que ha de juzgar.
told-do-fair-unread = Dé un CSV en UTF-8 que usted pueda leer.
told-do-fair-columns = Escriba person,grade,gender,...: una fila por persona.
told-do-fair-twice = Conserve una fila por persona.
told-do-fair-long = Dele más tiempo.
told-do-fair-failed = Compruebe que el espacio de trabajo se puede evaluar.
told-do-fair-needs = Necesita { $needs }.
told-do-fair-nobody = Audítela con más registros.
