## El informe: sus títulos, sus frases, sus columnas.

report-title = Evaluación de la integridad
skip-to-content = Ir al contenido
period-text = del { $start } al { $end }
plan-amended = Modificado: este plan se registró cuando ya existían resultados de otro plan. Léase teniéndolo en cuenta. Huellas de los planes anteriores:
chart-numbers = Las cifras de este gráfico
less-than = menos de { $value }
missing-columns = { $table } ({ $columns })
no-office = (sin aduana)

answer-heading = La respuesta en un párrafo
answer-asked =
    Hicimos { $asked ->
        [one] una pregunta
       *[other] { $asked } preguntas
    } a { $declarations ->
        [one] una declaración
       *[other] { $declarations } declaraciones
    } de { $offices ->
        [one] una aduana
       *[other] { $offices } aduanas
    }, { $period }.
answer-offices-examined = Se pudo examinar algo en { $examined } de estas { $offices } aduanas.
answer-not-assessed =
    { $n ->
        [one] Una pregunta no se pudo evaluar porque faltan registros.
       *[other] { $n } preguntas no se pudieron evaluar porque faltan registros.
    }
answer-unusual =
    { $unusual ->
        [0] En lo que se pudo evaluar (preguntas: { $assessed }), nada sale de lo esperado sin una explicación en los registros.
        [one] En lo que se pudo evaluar (preguntas: { $assessed }), una entrada es inusual: supera al azar y los registros no la explican.
       *[other] En lo que se pudo evaluar (preguntas: { $assessed }), { $unusual } entradas son inusuales (preguntas afectadas: { $questions }): superan al azar y los registros no las explican.
    }
answer-whom =
    { $unusual ->
        [one] Nombra { $whom }.
       *[other] Nombran { $whom }.
    }
answer-shared = Algunas nombran a la misma persona y pueden basarse en las mismas declaraciones: no son otros tantos casos distintos.
answer-nothing = En lo que se pudo evaluar (preguntas: { $assessed }), nada sale de lo esperado.
answer-explained =
    { $explained ->
        [one] Otra superaba al azar, y los registros la explican.
       *[other] Otras { $explained } superaban al azar, y los registros las explican.
    }
answer-none-told =
    { $n ->
        [one] Una de estas preguntas no pudo examinar nada: había muy pocos registros, o una razón honesta encaja igual de bien.
       *[other] { $n } de estas preguntas no pudieron examinar nada: había muy pocos registros, o una razón honesta encaja igual de bien.
    }
answer-untold = La tabla cuenta bajo «Sin conclusión» lo que no pudo decirse: no es señal de que allí todo esté bien.
answer-chance = Por construcción, si las reglas se hubieran seguido en todas partes, como mucho { $k } de cada 100 evaluaciones como esta mostrarían aun así algo inusual.
answer-measured =
    Medido: de { $worlds } administraciones inventadas sin ninguna maniobra, con { $questions } preguntas cada una, { $hit ->
        [0] ninguna mostró nada
        [one] una mostró algo
       *[other] { $hit } mostraron algo
    } ({ $share }).
next-step-none = Siguiente paso: lea de qué no se puede concluir nada, y por qué. Este informe por sí solo no justifica ninguna medida sobre una persona.
pseudonyms-sealed = La identidad está sellada y hacen falta dos custodios de claves para abrirla.
pseudonyms-unsealed = La identidad detrás de los seudónimos no se selló al cargar los registros: quien tenga el archivo de la clave y los códigos de la administración puede averiguarla por sí solo.
standing-next = Cada página nombra las razones ordinarias que se buscaron primero y lo que los registros no pudieron mostrar.
next-step = Siguiente paso: mire las filas detrás de cada entrada inusual (la página sobre la comprobación dice cómo) y pregunte primero por las razones ordinarias. Este informe por sí solo no justifica ninguna medida sobre una persona.
overview-caption = Qué se preguntó y qué resultó
contents-heading = Contenido

asked-heading = Qué se preguntó
asked-intro = Cada pregunta compara los registros con las reglas de la propia administración, o con lo que produciría el azar. Las preguntas, el período y los límites se fijaron, y su huella se guardó, antes de que existiera ningún resultado de ellas. La página sobre la comprobación dice qué lo prueba.
asked-rates = Una pregunta trata de aduanas, de actos que registraron funcionarios o de pares de funcionario y declarante, nunca del valor de una persona. Nada se suma entre preguntas.
not-asked = El plan dejó fuera estas preguntas; no se hicieron:

data-heading = Los registros que se leyeron
data-intro = Filas leídas = filas aceptadas + filas apartadas (esperadas y defectuosas) + filas para ninguna tabla, en cada archivo. Una fila apartada se guarda con su motivo y su línea, y no se usa. Las filas para ninguna tabla se leyeron y nada de ellas está en los registros: la correspondencia no las pone en ninguna tabla, o esa tabla viene de otro archivo. Un archivo sin tabla a su lado completa las filas de otros archivos.
files-caption = Filas por archivo
aside-caption = Filas apartadas: las defectuosas por aduana y motivo, las esperadas por motivo
aside-reading = Un motivo defectuoso del que una aduana tiene una parte mucho mayor que su parte de las declaraciones merece por sí solo una mirada: los registros dañados ocultan tanto como engañan.
unread-tables = Estos registros se cargaron, y ninguna pregunta de esta evaluación los lee: { $tables }.
unread-rights = Por los permisos incompatibles preguntan una orden aparte (arusha data clashes) y el taller.
glossary-stratum = estrato
glossary-stratum-meaning = Casos semejantes en todo lo que una pregunta mantiene igual. Solo estos se comparan entre sí.
glossary-pool = grupo
glossary-pool-meaning = Los funcionarios entre los que se reparten los expedientes de una clase.
glossary-pick = elección
glossary-pick-meaning = El funcionario al que se dio primero una declaración, por el sistema o a mano.
glossary-lot = lote
glossary-lot-meaning = Mercancías declaradas juntas, de un importador con un funcionario en una semana: cuentan como un solo sorteo.
glossary-act = acta
glossary-act-meaning = Un reconocimiento que un funcionario registró en el sistema.
glossary-lane = canal
glossary-lane-meaning = El canal de control al que se envió una declaración. Verde: levante inmediato. Azul: levante, y control posterior. Amarillo: revisión de documentos. Rojo: reconocimiento de las mercancías.
glossary-procedure = códigos como IM4
glossary-procedure-meaning = El régimen aduanero como lo escribe el sistema: IM4 es la importación a consumo, IM7 la entrada en depósito, EX1 la exportación.
glossary-signal-id = Código de la señal
glossary-signal-id-meaning = El código de 16 letras y cifras en gris bajo un nombre. Con él se encuentra esta entrada en los archivos, en el taller y con arusha evidence.
aside-none = No se apartó ninguna fila.
noted-heading = Lo que anotó la carga
noted-intro = Las filas en cuestión se leyeron tal como están escritas. Lo que se dice aquí puede ser inofensivo, o haber cambiado una respuesta: quien lleva la fuente puede decirlo. Las celdas de los registros se muestran solo por su forma.
aside-sum = De { $n } filas apartadas, { $expected } son esperadas y { $faulty } son defectuosas.
aside-expected-what = Esperadas: las filas que el sistema de la administración guarda junto a las que cuentan, como versiones anteriores de una declaración, declaraciones anuladas, entradas que no estaban en vigor, o una declaración escrita una vez más por cada una de sus partidas. Pueden ser más de la mitad de un archivo. No son un defecto y nada se pierde: de cada declaración se usa la versión que cuenta.
aside-faulty-what = Defectuosas: las filas que no cumplen la forma acordada, o que dependen de una que no la cumple. Lo que decían falta en todas las respuestas. Quien lleva la fuente, o la correspondencia, puede corregirlas.
aside-expected = esperada
aside-faulty = defectuosa

column-question = Pregunta
column-examined = Examinados
column-unusual = Inusuales
column-explained = Explicados
column-cannot-tell = Sin conclusión
column-file = Archivo
column-table = Tabla
column-rows = Filas
column-accepted = Aceptadas
column-set-aside = Apartadas
column-aside-expected = Apartadas, esperadas
column-aside-faulty = Apartadas, defectuosas
column-aside-kind = Esperada o defectuosa
column-no-table = Sin tabla
column-share-faulty = Parte defectuosa
column-office = Aduana
column-reason = Motivo
column-unit = Quién o qué
column-exposure = Casos
column-observed = Observado
column-expected = Esperado
column-effect = Efecto tal como se ve, con intervalo
effect-relative = Efecto: diferencia con la regla como parte de ella, con su intervalo.
effect-ratio = Efecto tal como se ve: la parte de los casos que cuentan, con su intervalo exacto (cada caso por sí solo, la parte esperada tomada como dada), y la parte esperada. Acercado a las unidades semejantes: observado dividido por esperado (1 es lo esperado), acercado a lo que muestran las unidades semejantes, tanto más cuanto menos datos hay o menos seguro es el número esperado; puede quedar lejos de los números.
effect-share = Efecto tal como se ve: la parte de los casos que fue en ese sentido, con su intervalo exacto (cada caso por sí solo, la parte esperada tomada como dada), y la parte esperada. Acercado a las unidades semejantes: en cuántos puntos de cada cien la parte supera la de los expedientes semejantes de otros declarantes, acercado a la ausencia de diferencia, tanto más cuanto menos datos hay. No se calcula con los números de al lado: lo esperado cuenta también los expedientes de este declarante.
effect-own = Efecto: en la unidad propia de la pregunta, después de la contracción, con su intervalo.
effect-expected = esperado: { $share }
effect-drawn-share = Acercado a las unidades semejantes: { $effect } puntos más ({ $interval })
effect-drawn-ratio = Acercado a las unidades semejantes: { $effect } veces lo esperado ({ $interval })
effect-drawn-price = Acercado a las unidades semejantes: { $effect } ({ $interval })
effect-picked = Lo que destaca se eligió por ser grande: tal como se ve, es probablemente demasiado grande; acercado a las unidades semejantes, puede ser demasiado pequeño.
effect-column-share = Parte en exceso en puntos, acercada a los pares semejantes: intervalo
effect-column-ratio = Observado / esperado, intervalo
effect-column-relative = Diferencia con la regla, intervalo
effect-column-own = Efecto, intervalo
explanation-accounts = encontrada, y lo explica
explanation-remains = encontrada, no lo explica
column-q = valor q
column-word = En palabras
column-explanation = Explicación buscada
column-officer = funcionario
column-declarant = declarante
column-lane = Canal

# ``units`` is one of the counts below.
units-different = { $units } ({ $n } distintos, algunos en varias aduanas)
units-pair = { $n ->
    [one] un par de funcionario y declarante
   *[other] { $n } pares de funcionario y declarante
}
units-officer = { $n ->
    [one] un funcionario
   *[other] { $n } funcionarios
}
units-user = { $n ->
    [one] un usuario
   *[other] { $n } usuarios
}
units-declarant = { $n ->
    [one] un declarante
   *[other] { $n } declarantes
}
units-importer = { $n ->
    [one] un importador
   *[other] { $n } importadores
}
units-office = { $n ->
    [one] una aduana
   *[other] { $n } aduanas y canales
}
units-declaration = { $n ->
    [one] una declaración
   *[other] { $n } declaraciones
}
units-product = { $n ->
    [one] un producto
   *[other] { $n } productos
}

question-sentence =
    El examen abarcó { $units }: { $flagged ->
        [0] nada sale de lo esperado sin explicación.
        [one] un caso sale de lo esperado y los registros no lo explican.
       *[other] { $flagged } casos salen de lo esperado y los registros no los explican.
    }
question-explained =
    { $explained ->
        [one] Otro salía de lo esperado, y los registros lo explican.
       *[other] Otros { $explained } salían de lo esperado, y los registros los explican.
    }
question-none-examined =
    { $cannot ->
        [0] No había nada que examinar.
        [one] La única unidad vista tenía muy pocos datos para examinarla.
       *[other] Ninguna de las { $cannot } unidades vistas tenía datos suficientes para examinarla.
    }
question-chance = Si la regla se hubiera seguido en todas partes, como mucho unas { $k } de cada 100 evaluaciones como esta mostrarían algo en esta pregunta.

signals-caption = Lo que sale de lo esperado, explicado o no, en orden neutro
signals-left-out =
    { $n ->
        [one] Otra fila está en signals.parquet.
       *[other] Otras { $n } filas están en signals.parquet.
    }
verdict-unusual-explained = salía de lo esperado, explicado

explanations-heading = Razones ordinarias, buscadas primero
explanations-caption = En cuántos casos fuera de lo esperado se encontró cada razón
explanations-none-needed = Nada salía de lo esperado: no hubo que buscar ninguna razón.
cannot-heading = De qué no se puede concluir nada
cannot-intro = Aquí había muy poco para decir algo, o una razón honesta encaja tan bien como otra. No significa que todo esté bien.
cannot-none = Todas las unidades vistas se pudieron examinar.
method-found = Encontrado, medido
method-found-text = De { $planted } maniobras de las clases que busca, puestas en administraciones inventadas con registros completos, la pregunta encontró { $found } ({ $share }); de las { $strong } fuertes, { $strong_found }. Lo que no señaló no está por ello en orden.
method-found-shared = Una maniobra que buscan varias preguntas cuenta como encontrada si alguna de ellas la muestra.
method-found-none = No medido: en las administraciones inventadas no se puso ninguna maniobra de esta clase.
money-none =
    { $flagged ->
        [0] No se da ningún importe: nada sale de lo esperado.
       *[other] No se da ningún importe: para lo que sale de lo esperado los registros no dan impuesto en juego.
    }
chart-none-out = Examen de { $units }: nada sale de lo esperado
chart-none-unexplained = Examen de { $units }: nada sale de lo esperado sin explicación
chart-none-ordinary = Examen de { $units }: nada difiere más que tales unidades de ordinario
chart-headline-untold =
    { $n ->
        [one] { $headline }; otro sin conclusión
       *[other] { $headline }; otros { $n } sin conclusión
    }

method-heading = Cómo se calculó
method-unit = Qué se compara
method-null = Lo que se tiene por cierto hasta que los registros digan otra cosa
method-statistic = Prueba
method-floors = Caso más pequeño que se mira
method-floors-text = al menos { $exposure } casos, y una diferencia de al menos { $effect }
method-floors-counts = al menos { $exposure } casos, y un número que difiera en al menos { $effect } de lo esperado
method-peers = Comparado solo con lo que comparte
method-period = Período
method-rate = Tasa de señales falsas
method-rate-text = en muchas evaluaciones, de media como mucho { $k } de cada 100 señales se esperan por azar
method-false-flags = Señales falsas medidas
method-gaming = Cómo se podría eludir
method-counter = Qué se vigila frente a eso
method-forbidden = No debe usarse para
method-source = Fuente
method-version = Versión de la pregunta
method-plan = Huella del plan
method-queries = Consultas ejecutadas

money-sentence =
    { $n ->
        [one] En el único caso fuera de lo esperado y sin explicar
       *[other] En los { $n } casos fuera de lo esperado y sin explicar
    } en la pregunta «{ $question }», el impuesto en juego es de { $amount } ({ $interval }), en moneda nacional.
money-reading = Es una estimación, no una deuda de nadie. Sus límites son la suma de los límites de cada caso: más bien anchos que estrechos. Puede ser demasiado alta, porque lo que destaca en parte por azar parece mayor de lo que es; puede ser demasiado baja, porque las mercancías sin otras semejantes no están en ella. Los importes de preguntas distintas pueden ser el mismo dinero: no se suman.
money-part-of = Se calcula sobre mercancías que soportaban { $compared } de los { $all } de tributos de sus mercancías con precio: del resto no se dice nada, así que el total puede ser mayor.
money-heading = Recaudación en juego

gaps-heading = Qué no se pudo evaluar
gaps-intro = Estas preguntas necesitan registros que no estaban en el extracto. No evaluado no es ni buena ni mala noticia.
gaps-none = Todas las preguntas se pudieron evaluar con los registros recibidos.
gaps-limits = Lo que no deja rastro en los registros no se ve aquí: lo acordado fuera del sistema y los casos en que todos los interesados escribieron lo mismo.

check-heading = Cómo comprobar este informe
check-intro = Cualquiera que tenga la carpeta y el espacio de trabajo puede repetir cada cifra. DIR es la carpeta de esta evaluación.
check-verify = Comprobar las huellas y volver a ejecutarlo todo:
check-evidence = Ver las filas detrás de una señal, cada una con su archivo y su línea de origen:
check-queries = Leer las consultas: la carpeta «queries» contiene todas las que se ejecutaron, con un comentario en cada paso.
check-workspace = Espacio de trabajo
check-made = Hecho con Arusha { $version } el { $at } (UTC).

glossary-heading = Palabras empleadas
glossary-signal = señal
glossary-signal-meaning = Una diferencia mayor que la que produciría el azar, antes de buscar ninguna explicación.
glossary-observed = observado
glossary-observed-meaning = Lo que muestran los registros.
glossary-expected = esperado
glossary-expected-meaning = Lo que daría en promedio la regla, o el azar entre casos semejantes.
glossary-effect = efecto
glossary-effect-meaning = El tamaño de la diferencia, después de acercar a la media las estimaciones con pocos datos.
glossary-interval = intervalo
glossary-interval-meaning = El rango en que probablemente está el tamaño. Tal como se ve, uno ancho significa pocos datos. Acercado a las unidades semejantes, el de pocos datos muestra sobre todo cómo son las unidades semejantes. Lo que destaca se eligió por ser grande: sus rangos no contienen la verdad más a menudo que los de otros.
glossary-q = valor q
glossary-q-meaning = De todas las unidades que salen tanto o más de lo esperado, la parte que se espera que lo haga por azar.
glossary-funnel = embudo
glossary-funnel-meaning = Un gráfico de una tasa según el número de casos, con límites que se estrechan al crecer los casos.
glossary-shrinkage = contracción
glossary-shrinkage-meaning = Acercar una estimación a la media, tanto más cuantos menos datos la sostienen.
glossary-pseudonym = seudónimo
glossary-pseudonym-meaning = Un código en lugar de un nombre: P- precede a una persona de la administración, T- a un operador o agente, R- a un representante.
detail-word-items = número de partidas
detail-word-value = valor declarado
glossary-set-aside = apartado
glossary-set-aside-meaning = Una fila que no se usa y se guarda con su motivo: no cumple la forma acordada, o el sistema la guarda junto a la que cuenta.
language-heading = Este idioma

axis-expected-count = Número esperado
axis-ratio = Observado / esperado
axis-ratio-one = Como se espera (1)
axis-lane-rate = Parte de las declaraciones
axis-parameter = Tasa en las reglas

chart-assignment-steering-funnel-headline =
    { $n ->
        [one] Un par se encuentra más a menudo de lo que daría la regla
       *[other] { $n } pares se encuentran más a menudo de lo que daría la regla
    }
chart-assignment-steering-funnel-subtitle = Cada marca es un funcionario con un declarante: declaraciones observadas sobre esperadas, según el número esperado
chart-assignment-steering-matrix-headline = Quién coincidió con quién en la aduana { $office }
chart-assignment-steering-matrix-subtitle = Declaraciones observadas / esperadas, de los declarantes con algo que destaca, por funcionario
chart-assignment-override-funnel-headline =
    { $n ->
        [one] Los expedientes de un declarante se pasan más a menudo que los de otros en el mismo momento
       *[other] Los expedientes de { $n } declarantes se pasan más a menudo que los de otros en el mismo momento
    }
chart-assignment-override-funnel-subtitle = Una marca por declarante: expedientes pasados después de la primera elección, observados sobre esperados, según el número esperado
chart-lane-rates-rates-headline =
    { $n ->
        [one] Un canal se aparta de la tasa de las reglas
       *[other] { $n } canales se apartan de la tasa de las reglas
    }
chart-lane-rates-rates-subtitle = Parte de las declaraciones enviadas a cada canal, con su intervalo, y tasa vigente
lane-random = parte aleatoria
lane-of-procedure = { $procedure }: { $lane }
lane-of-others = otros regímenes: { $lane }
lane-from = { $lane }, desde el { $start }
axis-random-share = Parte elegida al azar
axis-minimum = Mínimo de las reglas
chart-lane-rates-random-headline =
    { $n ->
        [one] Una parte aleatoria está por debajo de su mínimo
       *[other] { $n } partes aleatorias están por debajo de su mínimo
    }
chart-lane-rates-random-subtitle = Parte elegida al azar entre lo que ningún criterio seleccionó, con su intervalo, y mínimo vigente
chart-lane-change-without-act-funnel-headline =
    { $n ->
        [one] Una persona cierra controles fuera de regla más a menudo que otras
       *[other] { $n } personas cierran controles fuera de regla más a menudo que otras
    }
chart-lane-change-without-act-funnel-subtitle = Controles cerrados sin acta de reconocimiento o por alguien ajeno a ellos, observados sobre esperados, según el número esperado
chart-finding-rate-funnel-headline =
    { $n ->
        [one] Un funcionario encuentra menos que sus colegas en mercancías semejantes, más allá de las diferencias ordinarias
       *[other] { $n } funcionarios encuentran menos que sus colegas en mercancías semejantes, más allá de las diferencias ordinarias
    }
chart-finding-rate-funnel-subtitle = Hallazgos observados sobre esperados para las mercancías reconocidas, una marca por funcionario, según el número esperado
chart-finding-rate-caterpillar-headline = En { $touching } de { $n }, el intervalo incluye lo esperado
chart-finding-rate-caterpillar-subtitle = Hallazgos observados sobre esperados, después de la contracción, con intervalos

absent-heading = Registros que no estaban en el extracto
limits-heading = Lo que ningún registro puede mostrar
table-declarations = declaraciones
table-assignments = asignaciones
table-items = partidas de mercancías
table-inspections = actas de reconocimiento
table-events = registro del sistema
table-officers = funcionarios
table-postings = destinos
table-shifts = turnos
table-duties = licencias, suplencias y puestos
table-offices = aduanas
table-calendar = calendario de apertura
table-parties = operadores y agentes
table-assignment-rules = reglas de asignación
table-assignment-pools = grupos de asignación
table-selectivity-rules = reglas de selectividad
zero-line = Con la tasa general de { $rate }, no encontrar nada sería inusual solo a partir de { $n } reconocimientos.
tax-at-stake = Impuesto en juego: { $amount } ({ $interval })
axis-expected-findings = Hallazgos esperados
axis-found = Parte de los reconocimientos con hallazgo
column-selected = Cómo se seleccionó
selected-random = al azar, { $lane }
selected-criteria = por criterio, { $lane }
chart-finding-rate-random-headline = Lo elegido al azar, aparte de lo que eligieron los criterios
chart-finding-rate-random-subtitle = Reconocimientos con hallazgo, con intervalos. La parte aleatoria es equitativa en lo que elige, no en lo que se encuentra.

detail-assignment-steering-accounts = Lo que los datos no permiten decir: funcionarios evitados, y funcionarios que varios declarantes comparten. No es una constatación sobre nadie y no nombra a nadie.
detail-assignment-steering-cancelled = Expedientes de un declarante que casi nunca se anulan con un funcionario, aunque sí a menudo con todos los demás. Apunta a expedientes anulados hasta que sale ese funcionario, y no señala a nadie: pregunte por qué se anularon.
detail-assignment-steering-offices = Qué se comparó en cada aduana
detail-assignment-steering-pools = Grupos de funcionarios encontrados, y en qué difieren
detail-nameless = Una fila por cada persona o par de que habla esta tabla. Esta página no nombra a nadie.
detail-left-out = Otras { $n } filas están en { $file }.
detail-office = Aduana
detail-draws = Elecciones
detail-in-batches = En lotes, contadas una vez
detail-without-comparison = Sin comparación
detail-officers = Funcionarios
detail-declarants = Declarantes
detail-declarants-tested = Declarantes sometidos a prueba
detail-account = Qué tendría el mismo aspecto
detail-account-officers = Funcionarios
detail-account-declarants = Declarantes
detail-pairs = Pares
detail-officer = Funcionario
detail-files = Expedientes con el funcionario
detail-cancelled = De ellos, anulados
detail-other-files = Expedientes con otros
detail-other-cancelled = De estos, anulados
detail-word-avoidance = un funcionario que casi nunca tiene estos expedientes (una décima parte o menos de lo que le correspondería)
detail-word-desk = un puesto que ninguna regla declara
detail-word-importer = una oficina en la que el importador decide qué funcionario tiene el expediente
detail-word-bundle = una oficina en la que los expedientes en espera se reparten por paquetes
detail-word-scatter = una oficina en la que funcionarios y declarantes se encuentran por regla general de forma desigual
detail-compared-within = Comparado por
detail-feature = Difiere por
detail-levels = Estos juntos
detail-word-day = día
detail-word-week = semana
detail-word-chapter = capítulo de mercancías
detail-word-hour = hora
detail-word-weekday = día de la semana
detail-word-section = sección
detail-word-procedure = régimen
detail-word-origin = origen
detail-word-lane = canal
chart-assignment-override-matrix-headline = Quién recibió los expedientes de quién en la aduana { $office }
chart-assignment-override-matrix-subtitle = Expedientes pasados después de la primera elección, observados / esperados, de los declarantes con algo que destaca, por funcionario que los recibió
detail-assignment-override-by-whom = Para lo que sale de lo esperado: por mano de quién se pasaron los expedientes. Aquí cuenta todo paso que los registros no excusan; la prueba puede contar menos, porque deja fuera los que no tienen con qué compararse.
detail-assignment-override-ordinary = Pases en cada aduana, y los que los registros excusan
detail-declarant = Declarante
detail-received-by = Recibido por
detail-moved-by = Pasado por
detail-moves = Pases
detail-moves-of-hand = Todos los pases de esta mano en la aduana
detail-moved = Pasados
detail-absent = Primera elección de permiso o en formación
detail-off-shift = Primera elección fuera de turno

chart-value-shortfall-concentration-headline = Falta de las primeras unidades ({ $n }): { $share } ({ $interval }) del impuesto de todas las mercancías comparadas
chart-value-shortfall-concentration-none = Ninguna concentración de valores bajos más allá del ruido
chart-value-shortfall-concentration-units = Impuesto que falta a los precios de mercancías semejantes, según el número de pares con la mayor falta
chart-value-shortfall-concentration-declarants = Impuesto que falta a los precios de mercancías semejantes, según el número de declarantes con la mayor falta
axis-declarants-first = Declarantes con la mayor falta
axis-units-first = Pares con la mayor falta
axis-share-of-tax = Parte del impuesto de todas las mercancías comparadas
chart-value-shortfall-caterpillar-headline = En { $touching } de { $n }, el intervalo incluye el precio esperado
chart-value-shortfall-caterpillar-subtitle = Precios frente a lo esperado, una fila por unidad, después de la contracción, con intervalos
axis-price = Diferencia de precio
axis-price-none = Ninguna diferencia (0)
effect-price = Efecto tal como se ve: cuánto están los precios por debajo (menos) o por encima de lo esperado, como parte; donde se da un importe, ponderado por los tributos y con su intervalo: el importe se calcula con esta misma diferencia. Acercado a las unidades semejantes: la diferencia de precio de los artículos, acercada a cero, tanto más cuanto menos datos hay.
effect-column-price = Diferencia de precio, intervalo

table-thresholds = umbrales
table-roles = funciones en el sistema
table-grants = permisos concedidos
table-role-conflicts = funciones incompatibles
table-transport-documents = documentos de transporte
table-attached-documents = documentos adjuntos
table-warehouse = movimientos de depósito
table-reliefs = exenciones
table-treasury-receipts = ingresos del Tesoro
table-forecasts = previsiones
table-payments = pagos
table-transit = tránsitos
table-tariff = arancel
table-partner-trade = cifras de comercio de los socios
table-reference-prices = precios de referencia
table-reference-changes = cambios de las tablas de referencia
table-valuation-advice = dictámenes de valor
table-measures = medidas adoptadas
table-incidents = incidentes comunicados

answer-where =
    { $unusual ->
        [one] Se refiere a una aduana, { $offices }.
       *[other] { $n ->
            [one] Se refieren a una aduana, { $offices }.
           *[other] Se refieren a { $n } aduanas: { $offices }.
        }
    }
answer-where-many = Se refieren a { $n } aduanas; cada página nombra las suyas.
notes-heading = En qué se apoya la comparación
note-wide-scatter = Diferencias de ese tamaño son aquí tan ordinarias que casi nada podría destacar: que nada destaque dice poco.
interval-reading = La prueba decide qué es inusual; los intervalos describen su tamaño. Donde el acercado a las unidades semejantes incluye { $none }, el tamaño es incierto, aunque la diferencia es mayor de lo que daría el azar.
same-files = Un declarante y sus pares, o un funcionario y sus pares, se apoyan en las mismas declaraciones: no son casos distintos.
examined-only =
    Aquí solo cuenta lo reconocido: lo que no se reconoció no se toma ni por conforme ni por hallazgo. { $n ->
        [0] Ningún reconocimiento consta como elegido al azar: todos los eligió un criterio.
        [one] { $n } reconocimiento elegido al azar es todo lo que ningún criterio eligió.
       *[other] Los { $n } reconocimientos elegidos al azar son los únicos que ningún criterio eligió.
    }
method-inputs = Registros que lee
method-helped = Registros que precisan o explican
method-approval = Aprobado por
method-approval-none = Nadie todavía: no hay ninguna carta en vigor. Ni la dirección ni los representantes del personal han aceptado esta pregunta.
chart-numbers-on-paper = Los números de este gráfico están en el informe en forma de archivo.
quoted-title = «{ $title }»
check-plan = Plan registrado
check-plan-text = el { $at } (UTC), según el registro de este espacio de trabajo, antes de cualquier resultado de este plan. Quien tenga el espacio de trabajo puede reescribir ese registro: la prueba ante otros es la huella del plan, entregada a ellos de antemano. El plan está en el archivo plan.yaml
question-none-beyond-chance = El examen abarcó { $units }: nada supera al azar.
question-none-beyond-ordinary = El examen abarcó { $units }: nada supera lo que tales unidades difieren de ordinario.
cannot-unlisted = muy poco de ellas en los registros para citarlas una por una
detail-word-main-chapter = capítulo principal
detail-word-exemption = exención
detail-word-heading = partida principal
detail-word-first-pick = primera elección

counted-assignment-steering = Casos: las elecciones del declarante que se compararon. Observado: las que recayeron en este funcionario.
counted-assignment-override = Casos: los expedientes del declarante que se compararon. Observado: los que terminaron con otro funcionario que el elegido primero; de un par, con este funcionario.
counted-lane-rates = Casos: las declaraciones sujetas a la regla. Observado: las enviadas a este canal.
counted-lane-change-without-act = Casos: los controles cerrados. Observado: los cerrados sin acta de reconocimiento, o por alguien que no era ni su vista ni un jefe.
counted-finding-rate = Casos: los reconocimientos. Observado: los que dieron un hallazgo.
counted-value-shortfall = Casos: las partidas junto a las cuales hay mercancías del mismo importador con otros funcionarios. Observado: su precio como múltiplo del de las mercancías semejantes o, si hay muy pocas, del precio mediano del propio importador (1: el mismo precio). Esperado: el de las mercancías del declarante con otros funcionarios.

# Between a name and what is said of it.
colon = {": "}

covered-heading = Qué cubren los registros
covered-gaps = { $n ->
    [one] Un mes sin declaraciones queda
   *[other] { $n } meses sin declaraciones quedan
 } entre el primero y el último de estas aduanas: { $offices }. Pida lo que falta antes de seguir leyendo.
covered-no-gap = Cada aduana tiene declaraciones en todos los meses entre el primero y el último.
covered-sparse =
    { $n ->
        [one] Una aduana tiene menos de { $least } declaraciones al mes de media, y ninguna en algunos meses: eso no dice nada del extracto, y ninguno de esos meses se cuenta como faltante.
       *[other] { $n } aduanas tienen menos de { $least } declaraciones al mes de media, y ninguna en algunos meses: eso no dice nada del extracto, y ninguno de esos meses se cuenta como faltante.
    }
covered-calendar-sparse = A ninguna aduana con declaraciones suficientes le falta un mes
column-aside-here = Parte de esta aduana en estas filas
column-declarations-here = Parte de esta aduana en las declaraciones
covered-officer = El { $share } de { $n } declaraciones nombra a un funcionario designado o que las tramitó.
covered-no-officer = Los registros no nombran a ningún funcionario junto a las declaraciones.
covered-acts = El { $share } de las { $n } declaraciones enviadas a amarillo o rojo tiene un acta de inspección.
covered-no-acts = Los registros no contienen actas de inspección: no se ve qué se encontró ni si alguien miró.
covered-outcomes = Solo hay resultados de las mercancías inspeccionadas: una tasa de hallazgos no dice nada de las demás.
covered-random-unknown = Los registros no dicen qué declaraciones se seleccionaron al azar: ninguna parte representa al conjunto.
covered-random-none = Ninguna declaración consta como seleccionada al azar: ninguna parte representa al conjunto.
covered-random = { $n } declaraciones se seleccionaron al azar: solo ellas representan al conjunto.
covered-random-acts = { $n } declaraciones se seleccionaron al azar: solo ellas representan al conjunto. El { $share } de ellas tiene un acta de inspección.
covered-caption = Qué se ve de cada aduana
covered-declarations = Declaraciones
covered-with-officer = Nombran a un funcionario
covered-controls = Enviadas a amarillo o rojo
covered-controls-with-act = De ellas, con acta
covered-at-random = Seleccionadas al azar
covered-at-random-with-act = De ellas, con acta
covered-first-day = Primer día
covered-last-day = Último día
covered-month = Mes
covered-calendar = A ninguna aduana le falta un mes
covered-calendar-gaps = { $n ->
    [one] Falta un mes
   *[other] Faltan { $n } meses
 }
covered-calendar-what = Declaraciones de cada aduana por mes de registro
covered-calendar-value = Declaraciones
