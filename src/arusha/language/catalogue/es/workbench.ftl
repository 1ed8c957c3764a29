## El taller: su menú, sus páginas, sus formularios.

wb-language = Idioma
wb-menu = Menú
wb-comma = {", "}
wb-welcome = Bienvenida
wb-what = Arusha dice dónde no se siguieron las reglas de una administración más allá del azar, con qué certeza, y qué explicación honesta ofrecen los registros. Son personas quienes miran, explican y deciden.
wb-all-is-recorded = Cada consulta de una señal y cada negativa quedan anotadas, y el auditor interno lee esas anotaciones.
wb-first = Qué hacer primero
wb-entry = Abra la dirección que mostró el terminal. Mantiene fuera a los demás usuarios de este equipo.
wb-nothing-here = Todavía no hay nada abierto. Pruebe la demostración, o siga estos pasos en un terminal:
wb-step-demo = Ver un ejemplo terminado, con personas inventadas:
wb-step-ask = Pedir los registros al servicio de informática:
wb-step-load = Cargarlos; los nombres pasan a ser seudónimos antes de guardar una fila:
wb-step-assess = Hacer las preguntas:
wb-step-serve = Abrir aquí el resultado:
wb-workspace = Abierto: { $name }
wb-no-role = Todavía no tiene ninguna función en este espacio. Dos personas facultadas tienen que pedir la suya.
wb-solo = Modo individual
wb-solo-what = Una persona sola no decide nada sobre nadie: ninguna pregunta sobre personas está en vigor, y la respuesta es un recuento por oficina.
wb-assessments = Evaluaciones
wb-assessments-what = Qué se preguntó a los registros, y qué resultó
wb-no-assessment = Todavía no hay evaluación. Haga primero las preguntas, en un terminal:
wb-name = Nombre
wb-questions = Preguntas
wb-charter = Carta
wb-charter-what = En qué punto está cada pregunta, y qué se acordó
wb-no-charter = Este espacio no tiene carta: es un estudio, y nadie acordó sus preguntas. Un responsable de integridad y un auditor interno establecen una juntos:
wb-stage = En qué punto está
wb-stage-live = En vigor
wb-open-points = Puntos sin respuesta
wb-objected =
    { $n ->
        [one] El sindicato se opuso una vez.
       *[other] El sindicato se opuso { $n } veces.
    }
wb-dossier = Expediente de esta pregunta
wb-ceiling = Tasa de señales prometida, como máximo
wb-lapses = La consulta termina
wb-definition = Huella de la definición
wb-lacks = Qué le falta para entrar en vigor
wb-lacks-nothing = Nada: puede entrar en vigor.
wb-said = Qué se dijo
wb-said-nothing = Nada todavía.
wb-entry-number = anotación { $n }
wb-threshold-said = tasa de falsas señales { $rate }; una diferencia de al menos { $effect }
wb-threshold-count = tasa de falsas señales { $rate }; un número que difiera en al menos { $effect } de lo esperado
wb-retention-said =
    { $n ->
        [one] un mes, y después se borra
       *[other] { $n } meses, y después se borra
    }
wb-expunged = Ya no se conserva.
wb-act-ask = El sindicato preguntó
wb-act-position = La posición del sindicato
wb-act-answer = La dirección respondió
wb-act-committee = La comisión paritaria
wb-act-go-live = Entró en vigor
wb-act-pause = Suspendida
wb-act-review = Revisión pedida
wb-act-resume = Reanudada
wb-head-purpose = Finalidad
wb-head-forbidden-uses = Usos prohibidos
wb-head-unit = Qué se compara
wb-head-inputs = Datos usados
wb-head-peers = Comparado con
wb-head-threshold = Umbral
wb-head-minimum-n = Número mínimo de casos
wb-head-null-hypothesis = Qué se supone
wb-head-statistic = Estadístico
wb-head-explanations = Explicaciones probadas
wb-head-retention = Cuánto se conserva
wb-head-gaming = Cómo se puede burlar
wb-head-counter-indicator = Indicador de contraste
wb-head-expected-false-flags = Señales falsas que cabe esperar
wb-head-source = Fuente
wb-lack-dossier = Un expediente completo
wb-lack-audit = Una auditoría de equidad
wb-lack-audit-file = El archivo de la auditoría, guardado con la carta
wb-lack-audit-changed = El archivo de la auditoría tal como se registró: se cambió después
wb-lack-audit-form = Un archivo escrito por arusha fairness
wb-lack-audit-question = Una auditoría de esta pregunta: el archivo es de otra
wb-lack-audit-definition = Una auditoría de esta definición y este plan: el archivo es de otros ajustes
wb-lack-audit-period = Una auditoría de doce meses o más que terminan antes de su fecha
wb-lack-audit-records = Una auditoría de los datos que están cargados ahora
wb-lack-audit-empty = Una auditoría que compara dos grupos o más
wb-lack-audit-again = Una auditoría nueva: este archivo ya se registró con una fecha anterior
wb-lack-audit-unmade = Una auditoría hecha por arusha fairness en este espacio de trabajo
wb-lack-audit-after-pause = Una auditoría posterior a la pausa
wb-lack-notice = Prueba del aviso
wb-lack-position = La posición del sindicato
wb-lack-answers = Las respuestas de la dirección
wb-lack-committee = La comisión paritaria
wb-lack-solo = Más de una persona
wb-lack-ceiling = Una tasa de señales prometida
wb-signals = Señales
wb-signals-what = La lista no nombra a nadie. Una señal se abre después de decir por qué, y eso queda anotado.
wb-signal = Señal
wb-no-signal = Nada destaca.
wb-not-assessed = No se pudo evaluar: faltan registros.
wb-purpose = ¿Por qué abre esta señal?
wb-purpose-what = Su respuesta se anota en el libro antes de que la señal se abra, por media hora. El auditor la lee, y la persona afectada puede preguntar quién miró.
wb-purpose-reason = Motivo
wb-purpose-reference = Referencia
wb-purpose-reference-hint = Número de la petición, del plan o del expediente. Sin nombres.
wb-purpose-problem = Elija un motivo y dé una referencia
wb-form-problem = Hay un problema
wb-reason-triage = Primera mirada a una señal nueva
wb-reason-re-review = Segunda mirada a una cerrada
wb-reason-complaint = Una queja o un aviso
wb-reason-audit-request = El auditor lo pidió
wb-reason-learning = Aprender con datos inventados
wb-reason-identity = Se dijo un nombre para una investigación
wb-done-look-opened = Señal o muestra abierta
wb-done-look-seen = Página vista
wb-done-look-exported = Llevado como archivo
wb-done-access-refused = Rechazado
wb-done-identity-asked = Se pidió un nombre
wb-done-identity-opened = Se dijo un nombre
wb-done-identity-refused = Se rechazó un nombre
wb-open = Abrir
wb-no-explanation = Los registros no dicen nada de lo que se buscó. Eso es neutral.
wb-numbers = Las cifras
wb-rows = Los registros que hay detrás
wb-rows-what =
    { $n ->
        [one] Un registro, con el archivo y la línea donde está en la fuente.
       *[other] { $n } registros, cada uno con el archivo y la línea donde está en la fuente.
    }
wb-no-rows = La evaluación no guarda registros de esta señal.
wb-ledgers = Libros de anotaciones
wb-ledgers-what = Qué se hizo, en un libro que nadie puede cambiar sin que se note desde que otra persona tiene un punto de control
wb-ledger-charter = Libro de la carta
wb-ledger-record = Libro de consultas, salidas y negativas
wb-ledger-holds = Se acaban de releer { NUMBER($n) } anotaciones. Nada contradice nada en este libro.
wb-ledger-cut = Si sus últimas anotaciones se cortaron antes de que arrancara este programa, esta página no puede decirlo: solo lo muestra un punto de control que tenga otra persona. Compare el número de anotaciones con el suyo.
wb-ledger-changed = Este libro fue modificado
wb-entries = Anotaciones
wb-root = Raíz
wb-checkpoints = Puntos de control
wb-no-checkpoint = Ninguno todavía. Mientras nadie más tenga uno, las anotaciones podrían sustituirse sin que se note.
wb-checkpoint-how = El sitio no tiene clave de firma. Quien guarda la clave hace un punto de control y lo entrega al sindicato y al auditor:
wb-signatures = Firmas
wb-proof = Prueba
wb-growth = Prueba de que desde entonces solo creció
wb-inclusion = Prueba de la anotación { $n }
wb-number = Número
wb-when = Cuándo
wb-who = Quién
wb-done = Qué se hizo
wb-cannot-prove = Qué no puede probar un libro
wb-limit-truth = Que una anotación sea cierta: una falsa se guarda con la misma fidelidad que una verdadera.
wb-limit-left-out = Que nada se omitió: lo que nunca se anotó no deja rastro.
wb-limit-before-first-checkpoint = Qué pasó con las anotaciones antes de que otra persona tuviera un punto de control: hasta entonces podían sustituirse.
wb-limit-time = Cuándo se hizo una anotación: la hora es la de la máquina. Un testigo o un sello de tiempo solo dice: no más tarde de.
wb-limit-who = Quién pulsó la tecla: el libro tiene el seudónimo que se dio al programa.
wb-limit-agreement = Que todos ven el mismo libro, salvo que quienes tienen puntos de control los comparen.
wb-looks = Registro de consultas
wb-looks-what = Quién abrió qué señal, cuándo y por qué, y a quién se le negó
wb-no-look = Nadie ha consultado nada todavía.
wb-refused = Esto no está abierto para usted
wb-refused-what = Sus funciones no lo incluyen. El intento quedó anotado. Si su trabajo lo necesita, pida la función.
wb-absent = No existe esa página
wb-absent-what = La dirección es errónea, o lo que había aquí ya no se muestra.
wb-you = Actúa como { $who }:

## Funciones.

wb-role-solo = una persona sola
wb-role-integrity-lead = responsable de integridad
wb-role-analyst = analista
wb-role-investigator = investigador
wb-role-board-secretary = secretario de la junta
wb-role-board-member = miembro de la junta
wb-role-appeal-member = miembro del órgano de apelación
wb-role-subject = funcionario afectado
wb-role-representative = representante
wb-role-union-reviewer = delegado sindical
wb-role-survey-officer = encargado de encuestas
wb-role-data-steward = administrador de datos
wb-role-key-holder = depositario de clave
wb-role-publisher = encargado de publicación
wb-role-programme-manager = responsable de programa
wb-role-internal-auditor = auditor interno
wb-role-administrator = administrador

## Entrar, personas, cuentas.

wb-sign-in = Entrar
wb-sign-in-problem = El nombre o la contraseña son erróneos, o la cuenta está bloqueada por un cuarto de hora
wb-account = Nombre de la cuenta
wb-password = Contraseña
wb-continue = Continuar
wb-second-factor = Segundo factor
wb-enrol = Añada este sitio a una aplicación de autenticación: fotografíe el código, o escriba el secreto.
wb-qr = Código para la aplicación de autenticación
wb-secret = Secreto:
wb-code = Código de seis cifras de la aplicación
wb-code-problem = El código es erróneo o ya se usó, o la cuenta está bloqueada por un cuarto de hora
wb-new-password = Nueva contraseña, de 12 letras o más
wb-new-password-problem = Elija otra contraseña: larga, y que no sea de las comunes
wb-sessions = Sus sesiones
wb-browser = Navegador
wb-this-session = Esta
wb-yes = Sí
wb-end-others = Cerrar todas las demás
wb-sign-out = Salir
wb-people = Personas y funciones
wb-people-what = Quién puede hacer qué, por seudónimo. Dos personas otorgan o retiran una función.
wb-role = Función
wb-role-n = { $role } { $n }
wb-waiting = Espera a una segunda persona
wb-waits-grant = Otorgar { $role } a { $who }, pedido por { $first }
wb-waits-withdraw = Retirar { $role } a { $who }, pedido por { $first }
wb-grant = Pedir que se otorgue
wb-grant-what = Una función se otorga cuando dos personas facultadas piden lo mismo. Nadie se otorga una a sí mismo.
wb-withdraw = Pedir que se retire
wb-pseudonym = Seudónimo
wb-accounts = Cuentas
wb-accounts-what = Quién puede entrar. El administrador mantiene la máquina y no ve ni contenido ni funciones.
wb-accounts-none = Todavía no hay ninguna cuenta.
wb-accounts-make = Una cuenta se crea en la propia máquina y no abre ninguna función: el seudónimo tras --as es el de su persona, a quien otras dos otorgan la función.
wb-last-sign-in = Última entrada
wb-closed = Cerrada
wb-locked = Bloqueada
wb-unlock = Desbloquear
wb-close-account = Cerrar
wb-act-as = Elija en nombre de quién actúa
wb-act-as-what = Aquí todas las personas son inventadas. Cada una ve solo lo que abre su función: pruebe una página que no sea suya.

## Alertas.

wb-alerts = Alertas
wb-alerts-what = Señales de preguntas en vigor que los registros no explican. Busque primero lo que aclararía la situación de la persona.
wb-by-age = Primero las más antiguas; nada más decide el orden
wb-age = Abierta desde hace
wb-state = Estado
wb-days =
    { $n ->
        [one] un día
       *[other] { $n } días
    }
wb-late = Fuera de plazo; el auditor la ve
wb-no-alert = Ninguna alerta le espera. Un analista hace alertas con las señales de una pregunta en vigor.
wb-alerts-hidden =
    { $n ->
        [one] Una alerta no se muestra, porque su pregunta ya no está en vigor.
       *[other] { $n } alertas no se muestran, porque sus preguntas ya no están en vigor.
    }
wb-alerts-more = Las siguientes, menos antiguas
wb-signals-more = Las señales siguientes de esta pregunta
wb-overdue = Alertas fuera de plazo
wb-overdue-what = Alertas que nadie decidió en 30 días, sin su contenido
wb-no-overdue = Ninguna está fuera de plazo.
wb-raise = Enviar a las alertas lo que es inusual
wb-history = De las { $n } alertas cerradas de esta pregunta: { $explained } explicadas, { $error } errores en los datos, { $support } ofertas de apoyo, { $inquiry } investigaciones.
wb-history-few = Se cerraron menos de { $n } alertas de esta pregunta: aún no se puede decir cuántas se explican.
wb-alert-raised = Alerta emitida
wb-alert-new = en espera
wb-alert-explained = cerrada como explicada
wb-alert-data-error = cerrada como error en los datos
wb-alert-support = apoyo ofrecido
wb-alert-proposed = investigación propuesta
wb-alert-inquiry = investigación
wb-alert-concurred = el segundo lector está de acuerdo
wb-alert-not-concurred = el segundo lector no está de acuerdo
wb-alert-recused = alguien tiene un conflicto de intereses
wb-alert-contested = la persona afectada la impugna
wb-decide = Decidir
wb-decide-what = Cuatro salidas, cada una con sus motivos. Lo que escriba se conserva, y la persona afectada puede leerlo en un expediente.
wb-exit-explained = Explicada
wb-exit-data-error = Error en los datos
wb-exit-support = Ofrecer apoyo
wb-exit-proposed = Proponer una investigación
wb-proposed-what = Hacen falta dos apoyos, uno de ellos ajeno a esta pregunta. Un segundo lector tiene que estar de acuerdo. Diga también qué apunta en contra: si no halló nada, diga qué buscó.
wb-word-reason = Motivos
wb-word-explanation = Qué explicación se sostiene
wb-word-towards = Apunta a favor: en estos registros
wb-word-other = Apunta a favor: de otra fuente que esta pregunta
wb-word-away = Apunta en contra
wb-word-proportion = Por qué una investigación es proporcionada
wb-word-text = En sus palabras
wb-other = Otra, dicha abajo
wb-recuse = Tengo un conflicto de intereses
wb-second = Segundo lector
wb-second-what = Alguien propuso una investigación. Lea qué apunta a favor y en contra, y diga si está de acuerdo.
wb-concur = De acuerdo
wb-not-concur = No estoy de acuerdo
wb-waits-second = Usted propuso una investigación. Ahora tiene que leerla otra persona.

## La página propia, y la mesa del sindicato.

wb-own = Mi propia página
wb-own-what = Lo que las preguntas en vigor dicen de usted: las mismas cifras que ven otros, y las de nadie más.
wb-own-nothing = Ninguna pregunta en vigor dice nada de usted.
wb-peers = Pares
wb-peers-band = los nueve décimos centrales de otros { $n }: { $band }
wb-peers-few = menos de { $n } otros: no se indica
wb-contest = Impugnar
wb-contest-what = ¿Qué es erróneo o falta? Quien abra esta señal lo lee primero.
wb-who-looked = Quién miró
wb-desk = Mesa del sindicato
wb-desk-what = Nada aquí trata de una persona. Lo que diga queda anotado, y la dirección tiene que responder a cada punto antes de que una pregunta entre en vigor.
wb-to-review = Por revisar
wb-nothing-to-review = Ninguna pregunta está en consulta. Un responsable de integridad abre una en la página de una pregunta, en la carta.
wb-not-begun = no ha empezado: hacen falta dos pruebas del aviso
wb-answer-by = respuesta antes del { $day }
wb-no-day = no se fijó día
wb-late-answer = Con retraso
wb-no-open-points = Cada punto tiene su respuesta.
wb-agreements = Qué se acordó
wb-no-agreement = Ninguna pregunta está en vigor. Lo que le falta a una pregunta para entrar en vigor está en su página, en la carta.
wb-lapsed = ninguna: el plazo terminó
wb-acts = Qué puede hacer ahora
wb-shut = Sigue cerrado mientras falte algo. La lista de arriba dice qué.
wb-do-draft = Redactar esta pregunta
wb-do-consult = Abrir la consulta
wb-do-notice = Anotar una prueba del aviso
wb-do-ask = Preguntar
wb-do-position = Tomar posición
wb-do-answer = Responder a un punto
wb-do-audit = Anotar una auditoría de equidad
wb-do-committee = Anotar el resultado de la comisión paritaria
wb-do-pilot = Empezar el piloto
wb-do-go-live = Poner en vigor
wb-do-pause = Suspender
wb-do-resume = Reanudar
wb-do-review = Pedir una revisión
wb-do-retire = Retirar
wb-field-months = Meses tras los que se borran sus señales
wb-field-ceiling = Tasa de señales prometida como máximo, por ejemplo 0.02
wb-field-days = Días de consulta, 30 o más
wb-field-means = Medio
wb-field-proof = Dónde se ve la prueba
wb-field-text = Texto
wb-field-due = Respuesta antes del
wb-field-position = Posición
wb-field-points = Puntos que piden respuesta, uno por línea
wb-field-min-n = Condición: número mínimo de casos por unidad
wb-field-no-individual-display = Condición: no se muestra a nadie, solo recuentos
wb-field-review-by = Condición: una revisión antes de este día
wb-field-max-signal-rate = Condición: tasa de señales máxima, por ejemplo 0.01
wb-field-point = Punto
wb-field-on = Día de la auditoría
wb-field-result = Resultado
wb-field-report = SHA-256 del archivo de la auditoría
wb-field-outcome = Desenlace
wb-field-reason = Motivo
wb-option-letter = carta
wb-option-mail = correo
wb-option-hand = en mano
wb-option-meeting = reunión
wb-option-board = tablón de anuncios
wb-option-agree = de acuerdo
wb-option-conditions = de acuerdo con condiciones
wb-option-object = se opone
wb-option-none = sin posición
wb-option-passed = superada
wb-option-failed = no superada
wb-option-proceed = seguir adelante
wb-option-amend = modificar
wb-option-reject = rechazar
wb-own-pairs = Su trabajo con declarantes uno a uno: dentro de la dispersión esperada { $within }; nada se puede decir de { $cannot }.
wb-entries-for-auditor = Las anotaciones dicen por seudónimo de quién trataba una consulta. Las lee el auditor interno; un testigo necesita los puntos de control y las pruebas de crecimiento.

## Cargar, evaluar, tareas.

wb-records = Cargar datos
wb-records-what = Examinar un extracto y después guardarlo
wb-records-loaded = Hay datos cargados en { $name }. Una nueva carga los sustituye; la carta, los registros y las evaluaciones anteriores permanecen.
wb-records-none = Todavía no hay datos en { $name }.
wb-records-how = Elija un extracto y su correspondencia, mire lo que contiene y después cárguelo. Las personas se sustituyen por seudónimos antes de guardar fila alguna.
wb-extracts = Extractos en el servidor
wb-extracts-what = Carpetas en { $folder }
wb-no-extract = No hay ninguna carpeta con tablas en { $folder }.
wb-no-extract-folder = No se fijó ninguna carpeta de extractos para este sitio.
wb-files = Archivos
wb-size = Tamaño
wb-mb = { $n } MB
wb-send = Enviar archivos
wb-send-what = CSV o Parquet, comprimidos con gzip, zstd o zip si lo desea; como máximo { $n } MB, tal como se envían y descomprimidos. No se aceptan hojas de cálculo: cambian códigos y fechas.
wb-send-names = Los nombres de los archivos y los encabezados de las columnas que se leen aparecen en las páginas y se guardan con los registros: no ponga en ellos el nombre de nadie.
wb-sent = Archivos enviados
wb-sent-what = Contienen nombres. Se borran una vez cargados, o al cabo de una semana.
wb-discard = Borrar
wb-extract = Extracto { $name }
wb-extract-holds =
    { $n ->
        [one] Un archivo de tabla, { $size } MB.
       *[other] { $n } archivos de tablas, { $size } MB.
    }
wb-inspect = Examinarlo
wb-inspect-what = Un examen no guarda nada: muestra lo que abarca el extracto, lo que se apartaría y por qué.
wb-mapping = Correspondencia
wb-override = Adaptación a este país
wb-override-hint = Un archivo .yaml del extracto que dice lo que aquí se escribe de otro modo.
wb-no-override = Ninguna
wb-plan = Evaluar
wb-plan-what = Fijar un plan y hacer sus preguntas a los datos
wb-plan-not-yet = Todavía no se puede preguntar nada.
wb-plan-how = El plan se fija, y su huella se registra, antes de que exista resultado alguno. Un plan que se cambia cuando ya hay resultados queda marcado como modificado.
wb-plan-floors = Límites de: { $question }
wb-plan-exposure = Mínimo de casos; { $n } si se deja vacío, nunca menos
wb-plan-effect = Diferencia mínima, en parte de uno (0.2 es 20 %); { $n } si se deja vacío
wb-plan-effect-count = Diferencia mínima, en casos de más o de menos que lo esperado; { $n } si se deja vacío
wb-plan-lanes = Solo estos canales; todos si no se elige ninguno
wb-plan-start = Primer día
wb-plan-end = Primer día que ya no cuenta
wb-plan-limits = Con qué rigor
wb-plan-rate = Tasa de falsas señales de una pregunta
wb-plan-level = Nivel de los intervalos
wb-plan-seed = Semilla de lo que se sortea
wb-plan-result = El resultado
wb-plan-name = Nombre de la evaluación
wb-plan-name-hint = Letras minúsculas de la a a la z, cifras y guiones.
wb-plan-reports = Informes en estos idiomas
wb-plan-hash = Huella del plan
wb-assess = Fijar el plan y evaluar
wb-jobs = Tareas
wb-jobs-what = Lo que se cargó y evaluó, y hasta dónde ha llegado
wb-jobs-newest = Las más recientes primero; una a la vez
wb-no-job = Todavía no se ha pedido nada. Primero cargue datos, después evalúe.
wb-job-first = Cargar registros, evaluarlos, evaluar una medida o contar un registro de accesos es una tarea así: se pide en la página de cada cosa.
wb-job = Tarea
wb-job-of = De
wb-worker-there = El ejecutor está en marcha.
wb-worker-away = El ejecutor no está en marcha: las tareas esperan hasta que se inicie.
wb-errand-inspect = Examen de un extracto
wb-errand-load = Carga
wb-errand-assess = Evaluación
wb-job-waiting = en espera
wb-job-running = en curso
wb-job-done = terminada
wb-job-failed = no se pudo hacer
wb-job-stopped = detenida
wb-job-interrupted = interrumpida
wb-job-ahead =
    { $n ->
        [one] una tarea antes
       *[other] { $n } tareas antes
    }
wb-job-stopping = se pidió que se detenga
wb-nothing-half = No se guardó nada a medias; lo que había antes está como estaba.
wb-progress = Avance
wb-of = { $done } de { $total }
wb-reloads = Esta página se renueva sola cada { $n } segundos.
wb-stop-reloading = Dejarla quieta
wb-still = Esta página está quieta.
wb-reload = Dejar que se renueve sola
wb-stop = Detener la tarea
wb-again = Iniciarla de nuevo
wb-blocking = Una carga no guardaría nada hasta que se corrija esto
wb-blocked = No se puede cargar así.
wb-load = Cargarlo
wb-looked-invented = Estos datos dicen de sí mismos que son inventados. Lo que sale de ellos lleva esa marca para siempre.
wb-load-what = Guarda lo que se mostró, entero o nada.
wb-open-assessment = Abrir la evaluación
wb-about-job = Sobre esta tarea
wb-asked-at = Pedida
wb-started-at = Comenzada
wb-ended-at = Terminada
wb-coverage = Lo que abarca
wb-absent-columns = Columnas sin datos
wb-absent-tables = Tablas que no están:
wb-would-be-set-aside = Lo que se apartaría
wb-rows-of-table =
    { $n ->
        [one] Una fila de { $table }
       *[other] { NUMBER($n) } filas de { $table }
    }
wb-examples = Filas, con archivo y línea
wb-not-read = No leídos:
wb-waits = Lo que le espera
wb-waits-nothing = Ahora no le espera nada.
wb-waits-by = antes del { $day }
wb-waits-late = { $n } fuera de plazo
wb-waits-alerts = Alertas que esperan una decisión: { $n }
wb-waits-overdue = Alertas que nadie decidió a tiempo: { $n }
wb-waits-position = Preguntas sobre las que el sindicato no ha dicho nada: { $n }
wb-waits-answer = Puntos del sindicato que esperan su respuesta: { $n }
wb-waits-answered = Puntos del sindicato que la dirección no ha respondido: { $n }
wb-waits-committee = Objeciones sobre las que el comité mixto no ha decidido: { $n }
wb-waits-review = Preguntas cuya revisión está pendiente: { $n }
wb-waits-paused = Preguntas en pausa: { $n }
wb-fresh-records = Los datos se cargaron el { $at }.
wb-fresh-assessment = La última evaluación se hizo el { $at }.
