# Acceso a las declaraciones: calidad del registro, motivos, recuentos por oficina.
access = Acceso a las declaraciones
wb-access = Acceso
access-what = Si el registro basta, qué consultas y actos explican los motivos acordados, y qué queda, por oficina
wb-access-what = Si el registro basta, qué consultas y actos explican los motivos acordados, y qué queda, por oficina
wb-errand-explain = Contar lo que explican los motivos
wb-errand-draw = Extraer la muestra del mes
wb-errand-cut = Hacer una tabla pedida por el sindicato
problem-CutError = La tabla no puede dar este paso ahora, o no por usted; nada quedó registrado.
gov-two-reason = Acordar un motivo que explica consultas
wb-reason-reason-check = Comprobación de un motivo propuesto
problem-TemplateError = El motivo no puede dar este paso ahora, o no por usted, o no puede escribirse así; no se registró nada.
problem-SampleError = La muestra del mes no puede dar este paso ahora, o no por usted; nada quedó registrado.
access-lead = Cada entrada del registro con la que un funcionario consultó una declaración o actuó sobre ella se contrasta con los motivos acordados. Se cuentan oficinas, nunca a una persona sola.
access-neutral = «Sin explicar» es neutro: puede faltar un motivo, o no se entregó la tabla que lee. No dice nada de nadie.
access-running = Un recuento espera o está en curso. Vuelva a cargar esta página dentro de un rato.
access-job = Abrir la tarea
access-ended-failed = El último recuento no se pudo hacer.
access-ended-stopped = El último recuento se detuvo.
access-ended-interrupted = El último recuento se interrumpió.
access-ask-again = Pídalo de nuevo más abajo.
access-others-ask = El responsable de integridad, un analista o el administrador de datos puede pedirlo de nuevo.
access-former = Esto se contó sobre datos anteriores. Cuente de nuevo.
access-other-reasons = Ahora rigen otros motivos que cuando se contó. Cuente de nuevo.
access-count = Contar
access-count-again = Contar lo que explicaría
access-not-counted = Aún no se ha contado.
access-count-first = Aún no se ha contado. Empiece con el botón de arriba.
access-others-first = El responsable de integridad, un analista o el administrador de datos puede pedir el recuento.
access-quality = Calidad del registro
access-quality-what = Se mide primero: en un registro malo, el trabajo honesto parece sin explicar. Más allá de un límite no se cuenta nada.
access-measure = Lo que se mide
access-share = Parte
access-limit = Límite
access-verdict = En palabras
access-at-least = al menos { $share }
access-at-most = como mucho { $share }
access-no-limit = ninguno
access-stops = fuera del límite
access-passes = dentro del límite
access-measure-user = Entradas con un usuario
access-measure-time = Entradas con un día
access-measure-clock = Entradas con una hora
access-measure-action = Entradas con una acción
access-measure-record = Entradas que deben tocar un expediente y lo nombran
access-measure-reason = Entradas que deben tocar un expediente y dan un motivo
access-measure-terminal = Entradas de una persona que nombran el puesto de trabajo
access-measure-two-places = Horas en que una cuenta trabajó desde dos puestos
access-measure-silent-days = Días en que una oficina registró declaraciones y el registro calla sobre ella
access-measure-before-registration = Entradas sobre una declaración más de un día antes de que se registrara
access-stopped = No se cuenta nada antes de que esto se arregle. Para pedir a informática:
access-mend-user = Escribir la cuenta del usuario en cada entrada.
access-mend-time = Escribir el día en cada entrada.
access-mend-clock = Escribir la hora en cada entrada: solo con días no se distingue el antes del después.
access-mend-action = Escribir en cada entrada lo que se hizo.
access-mend-record = Escribir la declaración, o el objeto tocado, en cada entrada que toca uno.
access-mend-two-places = Dar a cada persona una cuenta propia: demasiadas veces una cuenta trabajó desde dos puestos en una hora.
access-mend-silent-days = Entregar los días que faltan: el registro calla en días en que las oficinas registraron declaraciones.
access-mend-before-registration = Poner en hora los relojes: hay entradas muy anteriores a las declaraciones que tocan.
access-lacks = Falta en los datos:
access-by-office = Por oficina
access-by-office-what = Entradas de funcionarios que tocan una declaración, por oficina de la declaración. Consultar es ver, imprimir o exportar; todo lo demás es un acto.
access-looks = Consultas
access-acts = Actos
access-entries = Entradas
access-explained = Explicadas
access-unexplained = Sin explicar
access-own = Declaración propia
access-all = Todas las oficinas
access-few = menos de 10
access-withheld = no se da
access-withheld-what = Los recuentos se redondean a cinco. No se da lo que representa menos de diez entradas o diez funcionarios, lo que es sobre todo de un solo funcionario, ni lo que delataría tal recuento por resta.
access-own-what = Quien toca una declaración de la que es declarante o importador se cuenta aparte, y ningún motivo lo explica. Si es de un familiar no se puede saber: ninguna tabla lo dice.
access-own-cannot = No se puede saber si alguien tocó una declaración propia: en estos datos, funcionarios y operadores llevan identificadores de dos clases. Tampoco de familiares.
access-others = Además de estas, { $n } entradas tocan una declaración y son de usuarios que no están en los registros de personal: operadores, representantes, otros sistemas, o cuentas de las que nadie responde.
access-others-few = Las entradas de usuarios que no están en los registros de personal son menos de diez, o de menos de diez usuarios.
access-counted-at = Contado el { $when }.
access-chart-looks = Consultas que ningún motivo explica, por mes
access-chart-acts = Actos que ningún motivo explica, por mes
access-chart-what = Parte de las entradas del mes con su intervalo del 95 %; los meses que no pueden darse se omiten
access-chart-alternative = Partes de { $n } meses, cada una con su intervalo. La tabla da los números.
access-share-unexplained = Parte sin explicar
access-no-chart = Sin gráfico por mes: menos de dos meses tienen recuentos que puedan darse.
access-reasons = Motivos
access-reasons-what = Los propone una persona y los acuerdan un administrador de datos y un delegado sindical. Cada uno es un dato de un vocabulario fijo; la consulta que representa se muestra con él.
access-reason = Motivo
access-overlap = Una entrada puede tener varios motivos: estos números no se suman.
access-not-checked = No comprobado. Falta en los datos:
access-no-reason = Aún no hay motivos: todo está sin explicar. Empiece por aquellos a quienes el sistema asigna trabajo.
access-add = Añadir un motivo
access-add-what = Elija la clase. Después verá cuántas entradas explicaría, antes de que nadie lo acuerde.
access-state-waiting = espera acuerdo
access-state-in-force = en vigor
access-state-declined = rechazado
access-state-withdrawn = retirado
access-state-replaced = sustituido
access-state-unreadable = no rige: sus palabras se borraron, o el programa entiende ahora otra cosa por ellas
access-unreadable = Un motivo que ya no se puede leer
access-version = versión { $n }
access-of-looks = (consultas)
access-of-acts = (actos)
access-of-both = (consultas y actos)
access-is-examiner = Funcionario examinador de esta declaración, desde el día de la asignación { $days ->
    [one] hasta el día siguiente
   *[other] hasta { $days } días después
 }
access-is-assigned = Asignado a esta declaración, primero o después, desde el día de la elección { $days ->
    [one] hasta el día siguiente
   *[other] hasta { $days } días después
 }
access-is-assigner = Dio esta declaración a su funcionario, desde el día anterior { $days ->
    [one] hasta el día siguiente
   *[other] hasta { $days } días después
 }
access-is-inspector = Realizó un acto de inspección de esta declaración, { $days ->
    [one] con un día de margen
   *[other] con { $days } días de margen
 }
access-is-posted = Destinado ese día en la oficina de la declaración como { $role }
access-is-duty = En un servicio anotado antes por otra persona ({ $duty }), destinado ese día en la oficina de la declaración
access-is-answer = Dentro de { $hours ->
    [one] una hora
   *[other] { $hours } horas
 } tras la entrada «{ $action }» de otra persona sobre la misma declaración
access-is-order = La orden { $reference } abarca a { $traders }, para funcionarios de la unidad { $unit }, del { $since } hasta antes del { $until }
access-is-order-counted = La orden { $reference } abarca a { $n ->
    [one] un operador
   *[other] { $n } operadores
 }, para funcionarios de la unidad { $unit }, del { $since } hasta antes del { $until }
access-role-chief = jefe
access-role-supervisor = supervisor de turno
access-duty-acting-for = suplencia de alguien
access-duty-specialist-desk = mesa especializada
access-duty-training = formación
access-kind-examiner = Funcionario examinador de esta declaración
access-kind-examiner-what = El usuario es el funcionario que tramitó la declaración.
access-kind-assigned = Asignado a esta declaración
access-kind-assigned-what = El usuario fue elegido para la declaración, por el sistema o por alguien.
access-kind-assigner = Dio esta declaración a su funcionario
access-kind-assigner-what = El usuario hizo una elección para la declaración, y la consultó para ello.
access-kind-inspector = Realizó un acto de inspección
access-kind-inspector-what = El usuario firmó un acto de inspección de la declaración.
access-kind-posted = Jefe o supervisor de la oficina de la declaración
access-kind-posted-what = El usuario estaba destinado en esa oficina ese día. Ser examinador de la oficina no es por sí solo un motivo.
access-kind-duty = En un servicio anotado
access-kind-duty-what = Por ejemplo una suplencia. Solo cuenta si se anotó antes de la entrada, y no por el funcionario.
access-kind-answer = Respuesta a una entrada de otra persona
access-kind-answer-what = Por ejemplo una consulta respondida, o una rectificación que se miró.
access-kind-order = Cubierto por una orden
access-kind-order-what = Por ejemplo una orden de auditoría de un operador. Solo para funcionarios de la unidad que la ejecuta.
access-reads = Lee
access-applies = Lo que explica
access-applies-looks = Consultas: ver, imprimir, exportar
access-applies-acts = Actos: todo lo demás
access-applies-both = Consultas y actos
access-field-days = Días
access-field-hours = Horas
access-field-role = Destinado como
access-field-duty = Servicio
access-field-action = La acción de la otra entrada, como la escribe el registro
access-field-reference = Número de la orden
access-field-unit = Unidad de los funcionarios, como la escribe el registro de personal
access-field-traders = Operadores, como los escriben estos datos
access-field-from = Desde el
access-field-until = Hasta antes del
access-hint-number = Un número entero de 1 a { $most }.
access-hint-action = Letras, cifras, puntos, guiones y barras; 40 como mucho.
access-hint-code = Letras, cifras, puntos, guiones y barras; 40 como mucho. Ningún nombre.
access-hint-codes = De uno a diez códigos, separados por espacios. Ningún nombre.
access-hint-day = Un día como 2026-01-31.
access-wrong-days = escriba un número entero dentro de los límites
access-wrong-hours = escriba un número entero dentro de los límites
access-wrong-role = elija uno de la lista
access-wrong-duty = elija uno de la lista
access-wrong-action = escriba solo el código
access-wrong-code = escriba solo el código
access-wrong-codes = escriba de uno a diez códigos
access-wrong-day = escriba un día como 2026-01-31, el segundo posterior al primero
access-propose = Proponer
access-propose-what = Queda registrado que usted lo propuso. No explica nada hasta que otras dos personas lo acuerden.
access-proposed-by = Propuesto por { $who }, { $when }.
access-would = Lo que explicaría
access-all-entries = Entradas de funcionarios que tocan una declaración
access-explains-alone = Explicadas por este motivo solo
access-explains-beyond = No explicadas por los que rigen, y sí por este
access-left-before = Sin explicar con los motivos en vigor
access-left-after = Sin explicar también con este motivo
access-sample = Entradas sorteadas para comprobarlo
access-sample-what = { $n ->
    [one] Una entrada
   *[other] { $n } entradas
 } de las que explicaría, sorteadas por la huella del propio motivo: nadie puede sortear de nuevo hasta que la muestra guste.
access-sample-found = De la muestra, { $holds } se sostienen, { $fails } no, de { $unclear } no se puede decir. Comprobado por
access-sample-unchecked = Ningún administrador de datos ha comprobado aún la muestra.
access-sample-open = Abrir la muestra
access-sample-not-yours = La muestra la abre un administrador de datos o un analista, con una finalidad registrada. Quien habla por el personal ve recuentos y lo que halló la comprobación, y ninguna entrada.
access-sample-none = No se sorteó ninguna muestra: explica menos de diez entradas, o las de menos de diez funcionarios.
access-sample-drawn = { $n ->
    [one] Una entrada
   *[other] { $n } entradas
 }, sorteo hecho con la semilla
access-sample-numbered = Funcionarios y declaraciones llevan números solo para esta muestra; los números no llevan a ningún otro sitio.
access-user = Funcionario
access-declaration = Declaración
access-action = Entrada
access-day = Día (UTC)
access-gap = Desde que rige el motivo
access-hours-after = { $n ->
    [one] una hora después
   *[other] { $n } horas después
 }
access-hours-before = { $n ->
    [one] una hora antes
   *[other] { $n } horas antes
 }
access-check = Lo que usted halló
access-check-what = ¿Cuántas de las { $n } explica el motivo con razón? Los tres números suman { $n }.
access-check-holds = Se sostiene
access-check-fails = No se sostiene
access-check-unclear = No se puede decir
access-check-record = Registrar
access-purpose = ¿Por qué abre esta muestra?
access-purpose-what = Su respuesta se anota en el libro antes de que se abra la muestra, por media hora. El auditor la lee.
access-agreement = Acuerdo
access-agreement-what = Lo acuerdan un administrador de datos y un delegado sindical, dos personas que no lo propusieron. Hasta entonces no explica nada.
access-as-steward = Como administrador de datos
access-as-union = Como delegado sindical
access-not-yet = todavía no
access-another = Lo acuerda otra persona que quien lo propuso o dio la otra mitad.
access-approve = Acordar como administrador de datos
access-agree = Acordar como delegado sindical
access-why-waiting = Por qué se rechaza
access-why-in-force = Por qué se retira
access-end-waiting = Rechazar
access-end-in-force = Retirar
access-meaning = Lo que significa exactamente
access-statement = La consulta que ejecuta el programa
access-digest = Huella de lo que se acuerda:
access-new-version = Proponer otra versión
access-versions = Versiones
access-months = Muestras mensuales
access-months-card = Cada mes se extraen algunas entradas que ningún motivo explica para que personas las miren, y se puede preguntar por ellas a los funcionarios.
access-months-what = Hasta { $n } entradas de un mes que ningún motivo acordado explica. La semilla se anuncia antes en el libro: la deciden el mes, los datos y los motivos vigentes, y un mes se extrae una sola vez. Nadie puede extraer de nuevo hasta que una muestra guste.
access-month = Mes
access-month-drawn = Extraídas
access-month-asked = Preguntadas
access-month-answered = Respondidas
access-month-late = Sin respuesta en el plazo
access-month-ended = Vistas hasta el final
access-month-seed = Semilla
access-month-by = anunciada por
access-month-announced = anunciado; la extracción espera o está en curso
access-month-undrawn = anunciado, y aún sin extraer
access-month-draw = Extraer lo anunciado
access-no-month = Todavía no se anunció ningún mes.
access-month-limits = Un funcionario lee la pregunta en su propia página. A quien no la tiene no le llega, y a nadie se le dice quién la tiene. Que no llegue respuesta no dice nada de nadie.
access-announce = Anunciar una extracción
access-announce-hint = Un mes terminado, como 2026-03.
access-month-of = Muestra de { $month }
access-month-what = Esta página no dice de quién es una entrada, y a nadie se le dice a quién se preguntó. El funcionario preguntado tiene { $days } días; hasta entonces no se cierra una entrada.
access-wording = El texto, igual para todos
access-entry = Entrada { $n }
access-asked-at = Se preguntó al funcionario, { $when }; respuesta hasta el { $day }.
access-answer-late = No llegó respuesta en el plazo. Eso es neutro.
access-row-own = Esta entrada es suya: la mira otro administrador de datos.
access-ask = Preguntar al funcionario
access-ask-n = Preguntar al funcionario de la entrada { $n }
access-close = Registrar
access-close-n = Decir qué se halló de la entrada { $n }
access-found = Qué se halló
access-end-of-accepted = Se dio un motivo y se aceptó
access-end-of-no-reason = No se halló motivo; nada sigue
access-end-of-system = Hay que corregir el registro de accesos o un motivo
access-end-of-auditor = Para que lo mire el auditor
access-month-none = Nada de este mes quedó sin explicar.
asked = Preguntas sobre entradas del registro de accesos
asked-what = Las entradas de un mes que ningún motivo anotado explica se sortean, y se pregunta a quien las hizo. Que se le pregunte no dice nada de usted. Su respuesta se lee sin su nombre. Puede dejarla abierta; de eso solo nada sigue.
asked-question = El registro de accesos tiene esta entrada con su cuenta, y ningún motivo anotado la explica. ¿Para qué fue?
asked-entry = { $month }, entrada { $n }
asked-late = El día pasó; aún puede responder.
asked-yours = Su respuesta
asked-reason = El motivo
asked-answer-assigned = Se me encargó
asked-answer-asked = Me lo pidió un compañero o jefe
asked-answer-query = Para responder a una consulta
asked-answer-mistake = Lo abrí por error
asked-answer-other = Otro motivo, con mis palabras
asked-answer-not-me = No fui yo
asked-answer-not-known = No lo recuerdo
asked-words = Con sus palabras (sin nombres de otros)
asked-send = Enviar la respuesta
asked-nothing = No se le preguntó por ninguna entrada.
