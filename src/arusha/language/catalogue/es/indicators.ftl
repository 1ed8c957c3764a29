## Las preguntas, sus razones y sus notas.

# assignment-steering
indicator-assignment-steering-title = Trabajo dirigido a un funcionario
indicator-assignment-steering-question = ¿Se reparte el trabajo de un declarante entre los funcionarios como lo repartiría la regla de la aduana?
indicator-assignment-steering-unit = funcionario y declarante, dentro de una aduana
indicator-assignment-steering-null-hypothesis = Dentro de un estrato (aduana, sección, canal, momento, grupo de funcionarios), quién es elegido no depende de quién sea la declaración.
indicator-assignment-steering-statistic = Declaraciones del declarante cuya primera elección fue el funcionario; la que se anuló y se presentó de nuevo cuenta una vez, por la elección que quedó. Probabilidad exacta hacia arriba: Poisson-binomial donde los datos dicen quién estaba de servicio y las elecciones de los demás declarantes concuerdan con una posibilidad igual, o con un ritmo propio de cada funcionario; si no, suma de recuentos hipergeométricos con márgenes fijos por estrato. Los pares que salen de lo esperado se apartan mientras se prueban los demás. Un par debe salir de lo esperado también si se admite que un funcionario es evitado, que un puesto se comparte o, donde los expedientes de los demás lo muestran, que los expedientes se reparten por importador, que los que esperan se reparten por paquetes o que funcionarios y declarantes se encuentran por regla general de forma desigual.
indicator-assignment-steering-gaming = Dirigir menos de cinco declaraciones por encima de lo esperado; pasar el expediente después de la primera elección; presentar cuando el funcionario favorecido está solo de servicio, para que no haya con quién comparar; hacer que pongan al funcionario en un puesto de mercancías que nadie más trae; favorecer a dos o más funcionarios para cuatro o más declarantes, como lo haría un puesto; de dos funcionarios, apartar todos los expedientes de uno.
indicator-assignment-steering-counter-indicator = assignment-override (elecciones posteriores); presentaciones en los días de un solo funcionario (horas del declarante frente al cuadro de turnos); puestos cuyas mercancías son de un solo declarante, señalados sin conclusión; quién registra los puestos especializados, y cuándo; funcionarios evitados y puestos que ninguna regla declara, señalados sin conclusión: preguntar si una abstención o un puesto se puso por escrito.
indicator-assignment-steering-false-flags-per-thousand = Medido en 400 administraciones inventadas sin ninguna maniobra: 6 unidades señaladas de 845 861 probadas, en 6 administraciones (benchmarks/results/scorecard.md).
indicator-assignment-steering-source = En el espíritu de Chalendard, Fernandes, Raballand y Rijkers, Corruption in Customs (QJE 2023); Goodman 1968 para la cuasi-independencia; Benjamini y Bogomolov 2014 para las familias.
explanation-name-specialist-desk = puesto especializado
explanation-name-acting-cover = suplencia de otro
explanation-name-batch = presentadas y entregadas juntas
explanation-name-shift-overlap = las mismas horas de trabajo
explanation-name-posting = destinado allí parte del período
explanation-name-leave-of-others = había colegas ausentes
explanation-name-trainee = en formación o nuevo
explanation-name-new-office = una aduana nueva
explanation-name-rule-in-force = una regla vigente
peer-office = aduana
peer-section = sección
peer-lane = canal
peer-day = día
peer-hour = hora
peer-goods = mercancías
peer-procedure = régimen
peer-exemption = exención
peer-roster = cuadro de turnos
peer-declared-rule = regla declarada
reason-fewer-than-n-draws = menos de { $n } elecciones
reason-a-desk-whose-goods-are-one-declarant-s = un puesto cuyas mercancías son de un solo declarante
reason-the-declarant-is-nearly-all-of-the-work = el declarante es casi todo el trabajo
reason-too-few-draws-beside-those-of-other-officers-and-declarants = muy pocas elecciones junto a las de otros funcionarios y declarantes
reason-the-officer-has-nearly-all-such-work-whoever-lodges-it = el funcionario tiene casi todo ese trabajo, sea quien sea el declarante
reason-one-officer-hardly-ever-has-this-declarant-s-files-a-tenth-or-less-of-what-would-be-due-as-where-an-officer-is-recused-not-checked-the-records-hold-no-recusals = un funcionario casi nunca tiene los expedientes de este declarante (una décima parte o menos de lo que le correspondería), como donde un funcionario debe abstenerse (no comprobado: los datos no contienen abstenciones)
reason-several-declarants-meet-the-same-officers-as-at-a-desk-that-no-rule-declares = varios declarantes encuentran a los mismos funcionarios, como en un puesto que ninguna regla declara
reason-in-this-office-the-importer-decides-who-has-a-file-and-this-declarant-s-importers-may-have-come-to-the-officer-by-chance = en esta oficina el importador decide qué funcionario tiene el expediente, y el azar pudo dar al funcionario los importadores de este declarante
reason-in-this-office-files-that-wait-are-handed-out-in-bundles-and-this-declarant-s-may-have-come-to-the-officer-by-their-place-in-the-pile = en esta oficina los expedientes en espera se reparten por paquetes, y los de este declarante pudieron llegar al funcionario por su lugar en la pila
reason-in-this-office-officers-and-declarants-meet-unevenly-as-a-rule-beyond-what-draws-give-and-this-pair-is-not-clearly-beyond-that = en esta oficina funcionarios y declarantes se encuentran por regla general de forma desigual, más de lo que dan los sorteos, y este par no va claramente más allá
table-times-of-assignment = horas de asignación
note-assignment-final-officer = La primera elección no está registrada: se probó al funcionario que al final trató la declaración, de modo que una elección dirigida no se distingue de una reasignación posterior.
note-assignment-without-shifts = Sin cuadro de turnos, los funcionarios de servicio se deducen del trabajo que hicieron.
note-assignment-without-assignment-rules = Sin reglas de asignación, los grupos de funcionarios se deducen de las elecciones para otros declarantes.
note-assignment-without-items = Sin partidas no se pueden reconocer los puestos para ciertas mercancías.
note-assignment-last-exemption = Los registros contienen la exención de un ítem solo en su última versión, de modo que una franquicia concedida después de la elección no se distingue de una solicitada antes.
note-assignment-no-draws = Ninguna declaración del período tiene a la vez un canal que necesite funcionario y una elección.
note-assignment-batches = { $n } de { $total } elecciones ({ $share }) se presentaron junto con otra del mismo declarante y se contaron una vez.
note-assignment-lodged-again = { $n } expedientes se anularon y las mismas mercancías se presentaron de nuevo en { $days } días; en { $other } de ellos el funcionario fue entonces otro. Cada uno cuenta una vez, por la elección de su última presentación.
note-assignment-cancelled-unchecked = No se comprobó si se anulan expedientes salvo que los tenga cierto funcionario: los registros no contienen expedientes anulados cuyo primer funcionario se conozca.
note-assignment-cancelled-few = { $cancelled } expedientes se anularon después de elegido un funcionario, demasiado pocos de cualquier declarante para preguntar si se anulan expedientes salvo que los tenga cierto funcionario.
note-assignment-cancelled = { $cancelled } expedientes se anularon después de elegido un funcionario. En { $asked } pares de funcionario y declarante se anularon bastantes expedientes del declarante para preguntar si los de este funcionario casi nunca lo son; de { $n } se dice, con la tasa de falsos hallazgos de la pregunta. Apunta a expedientes anulados hasta que sale ese funcionario; a nadie se señala por ello.
note-assignment-without-comparison = { $share } de las elecciones contadas no tenían un segundo funcionario o un segundo declarante en su estrato y no aportan información.
note-assignment-accounts =
    Pares que se apartan de la regla común sin que los datos permitan decir por qué: { $n }.{ $avoidance ->
        [0] { "" }
       *[other] { " " }En { $avoidance } de ellos un funcionario casi nunca tiene los expedientes del declarante (una décima parte o menos de lo que le correspondería) y los demás se reparten su turno como se reparten todo.
    }{ $desk ->
        [0] { "" }
       *[other] { " " }En { $desk } de ellos varios declarantes encuentran a los mismos funcionarios, como en un puesto que ninguna regla declara.
    }{ $importer ->
        [0] { "" }
       *[other] { " " }En { $importer } de ellos el importador decide en esa oficina qué funcionario tiene el expediente, y el azar pudo dar al funcionario los importadores del declarante.
    }{ $bundle ->
        [0] { "" }
       *[other] { " " }En { $bundle } de ellos los expedientes en espera se reparten por paquetes, los contiguos a un mismo funcionario, y los del declarante pudieron llegar al funcionario por su lugar en la pila.
    }{ $scatter ->
        [0] { "" }
       *[other] { " " }En { $scatter } de ellos los funcionarios y declarantes de la oficina se encuentran por regla general de forma desigual, como donde se sigue algo que ningún dato dice, y el par no va claramente más allá.
    } Los datos no contienen abstenciones, así que no se comprobó ninguna. Una abstención, un puesto o un funcionario fijo de un importador puestos por escrito lo dirían; una trama tendría el mismo aspecto.

# assignment-override
indicator-assignment-override-title = Expedientes pasados a otro funcionario
indicator-assignment-override-question = ¿Se quitan las declaraciones de un declarante al funcionario elegido primero, o se pasan a un mismo funcionario, más a menudo que las de otros declarantes en el mismo momento?
indicator-assignment-override-unit = declarante dentro de una aduana; funcionario que recibió los expedientes, y declarante
indicator-assignment-override-null-hypothesis = Dentro de un estrato (aduana, sección, canal, momento, mercancías, funcionario elegido primero donde importa), si un expediente se pasa y a quién no depende de quién sea la declaración.
indicator-assignment-override-statistic = Declaraciones del declarante que terminaron con otro funcionario que el elegido primero (declarante), y las que terminaron con este funcionario (par). Probabilidad exacta hacia arriba: suma de recuentos hipergeométricos con márgenes fijos por estrato. Los pases desde un funcionario de permiso, en formación o fuera de turno se dejan aparte.
indicator-assignment-override-gaming = Dirigir en su lugar la primera elección; anotar un permiso para el funcionario elegido; suspender a los funcionarios que estorban; cambiar de funcionario fuera del sistema, para que no quede registrado ningún pase.
indicator-assignment-override-counter-indicator = assignment-steering (primeras elecciones); permisos y suspensiones, por quién los anotó y con cuánta antelación; declaraciones cuyo funcionario difiere de la última elección registrada.
indicator-assignment-override-false-flags-per-thousand = Medido en 400 administraciones inventadas sin ninguna maniobra: 0 unidades señaladas de 468 859 probadas, en 0 administraciones (benchmarks/results/scorecard.md).
indicator-assignment-override-source = La asignación a mano existe para los expedientes que el funcionario no puede tratar (manuales de ASYCUDA World); la nueva manipulación tras la asignación por un tercero, en Chalendard y otros (QJE 2023).
explanation-name-absence = el funcionario elegido primero estaba ausente
explanation-name-end-of-shift = el funcionario elegido primero estaba fuera de turno
peer-first-pick = primera elección
peer-absence = ausencia
note-assignment-no-hand = Los registros no dicen quién pasó un expediente (assigned_by).
note-assignment-moved = { $moved } de { $draws } declaraciones ({ $share }) terminaron con otro funcionario que el elegido primero; { $absent } de los pases venían de un funcionario de permiso o en formación, { $off_shift } de uno fuera de turno: se dejan aparte.

# lane-rates
indicator-lane-rates-title = Canales frente a las reglas de selectividad
indicator-lane-rates-question = ¿Van las declaraciones a los canales con las tasas que fijan las reglas de selectividad, y se respeta la parte aleatoria?
indicator-lane-rates-unit = aduana, por régimen y canal
indicator-lane-rates-null-hypothesis = El motor eligió cada canal con una tasa a menos de un quinto de la fijada (a menos de un punto si la fijada es inferior al 5 %), y la parte aleatoria no estuvo por debajo de su mínimo.
indicator-lane-rates-statistic = Tasa realizada frente a la fijada en cada ventana en que valía una regla: probabilidades binomiales exactas, con el número de sorteos independientes que deja la dispersión entre semanas. La parte aleatoria, de un solo lado, hacia abajo.
indicator-lane-rates-gaming = Subir después la tasa fijada o bajar el mínimo; etiquetar como «aleatorio» lo que eligió un criterio; mantener la tasa del canal llenándolo de mercancías sin riesgo.
indicator-lane-rates-counter-indicator = Los cambios de las reglas y quién los hizo; la tasa de hallazgos de la parte aleatoria frente a la de los criterios (finding-rate); los cambios de canal sin acta (lane-change-without-act).
indicator-lane-rates-false-flags-per-thousand = Medido en 400 administraciones inventadas sin ninguna maniobra: 0 unidades señaladas de 30 595 probadas, en 0 administraciones (benchmarks/results/scorecard.md).
indicator-lane-rates-source = Parámetros de selectividad de ASYCUDA (tasa esperada y tasa aleatoria mínima); Korn y Graubard 1998.
explanation-name-few-weeks = unas pocas semanas hacen la diferencia
explanation-name-every-office = todas las aduanas se apartan igual
peer-window-of-the-rule = ventana de la regla
reason-two-rules-hold-at-once-and-disagree = dos reglas valen a la vez y se contradicen
reason-under-n-declarations = menos de { $n } declaraciones
reason-under-n-weeks = menos de { $n } semanas
reason-the-declarations-without-a-lane-could-make-the-whole-difference = las declaraciones sin canal podrían ser toda la diferencia
reason-the-minimum-promises-under-n-random-selections = el mínimo promete menos de { $n } selecciones aleatorias
note-lane-rates-no-reason = La parte aleatoria no se evalúa: los registros no dicen por qué se eligió un canal (lane_reason).
note-lane-rates-no-lane = { $n } de { $total } declaraciones no tienen canal y no cuentan en ningún sitio.
note-lane-rates-no-rule = { $n } de { $total } declaraciones no están bajo ninguna regla de selectividad y no se comparan con ninguna.

# lane-change-without-act
indicator-lane-change-without-act-title = Cambios de canal sin acta
indicator-lane-change-without-act-question = ¿Alguien saca declaraciones de un control sin acta de reconocimiento, o sin ser su aforador ni un jefe, más a menudo que sus colegas?
indicator-lane-change-without-act-unit = funcionario o usuario, y funcionario con declarante
indicator-lane-change-without-act-null-hypothesis = Por aduana, canal y mes (y por canal y declarante), cada uno de los que cierran controles tiene tantas posibilidades como sus colegas de cerrar uno fuera de las reglas, salvo la dispersión de los funcionarios ordinarios; y no se aleja más de ellos con un declarante que con los demás.
indicator-lane-change-without-act-statistic = Probabilidad hipergeométrica estratificada exacta para cada uno, promediada sobre lo que todos los funcionarios dicen juntos de su dispersión ordinaria; para un par, prueba exacta de que dos grupos de tablas 2x2 tienen la misma razón de posibilidades. Por declaración y por lote: cuenta el p mayor.
indicator-lane-change-without-act-gaming = Escribir un acta «conforme» un minuto antes del cambio; dejar el canal como estaba y despachar; dejar que la cuenta del sistema cambie el canal; trabajar desde el puesto de un jefe.
indicator-lane-change-without-act-counter-indicator = Hallazgos de estos funcionarios y pares (finding-rate); controles despachados en su canal sin ningún acta; cambios hechos por la cuenta del sistema, contados en las notas.
indicator-lane-change-without-act-false-flags-per-thousand = Medido en 400 administraciones inventadas sin ninguna maniobra: 0 unidades señaladas de 62 822 probadas, en 0 administraciones (benchmarks/results/scorecard.md).
indicator-lane-change-without-act-source = Manuales de usuario de ASYCUDA (el paso a verde cierra un control); Zelen 1971; Spiegelhalter 2005.
explanation-name-one-act-for-batch = una sola acta escrita para un lote
explanation-name-acts-not-kept = allí no se guardan actas
peer-lane-assigned = canal asignado
peer-month = mes
peer-declarant = declarante
peer-rank-examiner-or-chief = rango (aforador o jefe)
reason-colleagues-closed-under-n-controls-of-this-declarant = los colegas cerraron menos de { $n } controles de este declarante
reason-under-n-controls-of-other-declarants = menos de { $n } controles de otros declarantes
reason-under-n-controls-that-colleagues-share = menos de { $n } controles que comparten los colegas
reason-colleagues-closed-under-n-controls = los colegas cerraron menos de { $n } controles
note-lane-change-no-log = Falta el registro de operaciones: se supone que el funcionario asignado cerró cada control, y un cambio hecho por otra persona no se puede ver.
note-lane-change-no-postings = Faltan los destinos: no se sabe quién era jefe, por lo que un cambio hecho por otra persona no se cuenta.
note-lane-change-scatter-officer = Los funcionarios difieren de sus semejantes en un factor de { $ratio } (posibilidades) más allá del azar, medido en los { $units } ordinarios de ellos, teniendo en cuenta la incertidumbre de esa medida; una unidad solo sale de lo esperado más allá de eso.
note-lane-change-scatter-pair = Los pares difieren de sus semejantes en un factor de { $ratio } (posibilidades) más allá del azar, medido en el centro de { $units } de ellos; una unidad solo sale de lo esperado más allá de eso.
note-lane-change-scatter-assumed-officer = Muy pocas unidades ({ $units }) permiten medir cuánto difieren de ordinario los funcionarios en sus posibilidades de cerrar un control fuera de regla: un factor de { $ratio } más allá del azar se toma por ordinario.
note-lane-change-scatter-assumed-pair = Muy pocas unidades ({ $units }) permiten medir cuánto difieren de ordinario los pares en sus posibilidades de cerrar un control fuera de regla: un factor de { $ratio } más allá del azar se toma por ordinario.
note-lane-change-naive-officer =
    Si se tuviera a todos los funcionarios por iguales salvo por el azar, { $naive ->
        [0] nada destacaría
       *[other] destacarían { $naive }
    }. Más allá de las diferencias ordinarias: { $standing }.
note-lane-change-naive-pair =
    Si se tuviera a todos los pares por iguales salvo por el azar, { $naive ->
        [0] nada destacaría
       *[other] destacarían { $naive }
    }. Más allá de las diferencias ordinarias: { $standing }.
note-lane-change-nobody = { $n } de { $total } controles no nombran a nadie que los tratara y no cuentan para ningún funcionario.
note-lane-change-system = { $n } de { $total } controles cambiaron de canal por la cuenta del sistema; no cuentan como cambio de nadie.
note-lane-change-acts-not-kept = En { $office }, canal { $lane }, una parte de { $share } de los controles terminó en un canal libre sin acta: allí no se guardan actas, y que falte una dice poco.

# finding-rate
indicator-finding-rate-title = Hallazgos de reconocimientos semejantes
indicator-finding-rate-question = ¿Encuentra un funcionario menos que los colegas que reconocen mercancías semejantes, o menos con un declarante que con los demás?
indicator-finding-rate-unit = funcionario, y funcionario con declarante
indicator-finding-rate-null-hypothesis = Entre mercancías reconocidas iguales en aduana, sección, canal, selección aleatoria y clase (y en trimestre, y en declarante), cada funcionario tiene tantas posibilidades como sus colegas de encontrar algo, salvo la dispersión del rigor ordinario; y no se aleja más de ellos con un declarante que con los demás.
indicator-finding-rate-statistic = Probabilidad hipergeométrica estratificada exacta de los reconocimientos sin hallazgo, promediada sobre lo que todos los funcionarios dicen juntos del rigor ordinario; para un par, prueba exacta de que dos grupos de tablas 2x2 tienen la misma razón de posibilidades. Por declaración y por lote: cuenta el p mayor. Solo hacia abajo.
indicator-finding-rate-gaming = Anotar hallazgos pequeños para mantener la tasa; reconocer la parte limpia de un envío; dejar el acta a un colega.
indicator-finding-rate-counter-indicator = El impuesto añadido frente al esperado, junto a la tasa; los valores de las mismas mercancías (value-shortfall); los reconocimientos por declaración y funcionario.
indicator-finding-rate-false-flags-per-thousand = Medido en 400 administraciones inventadas sin ninguna maniobra: 6 unidades señaladas de 63 928 probadas, en 6 administraciones (benchmarks/results/scorecard.md).
indicator-finding-rate-source = Spiegelhalter 2005 (embudo con sobredispersión); Zelen 1971; Knowles, Persico y Todd 2001 (prueba de resultados).
peer-random-selection = selección aleatoria
peer-kind-of-goods = clase de mercancía
peer-quarter = trimestre
reason-colleagues-examined-under-n-declarations-of-this-declarant = los colegas reconocieron menos de { $n } declaraciones de este declarante
reason-under-n-examinations-of-other-declarants = menos de { $n } reconocimientos de otros declarantes
reason-under-n-examinations-of-goods-that-colleagues-examine-too = menos de { $n } reconocimientos de mercancías que los colegas también reconocen
reason-colleagues-examined-under-n-like-declarations = los colegas reconocieron menos de { $n } declaraciones semejantes
note-finding-rate-no-reason = La parte aleatoria no se puede mostrar aparte: los registros no dicen por qué se eligió un canal (lane_reason).
note-finding-rate-no-items = Las mercancías no se distinguen: faltan las partidas, de modo que un puesto fácil puede parecer indulgente.
note-finding-rate-no-author = Las actas no nombran a su funcionario: se supone que las hizo el aforador de la declaración.
note-finding-rate-no-tax = Las actas no dicen cuánto impuesto añadieron, por lo que no se da ningún impuesto en juego.
note-finding-rate-scatter-officer = Los funcionarios difieren en sus posibilidades de encontrar algo en un factor de { $ratio } más allá del azar y de las mercancías, medido en los { $units } ordinarios de ellos, teniendo en cuenta la incertidumbre de esa medida; una unidad solo sale de lo esperado más allá de eso.
note-finding-rate-scatter-pair = Los pares difieren en sus posibilidades de encontrar algo en un factor de { $ratio } más allá del azar y de las mercancías, medido en el centro de { $units } de ellos; una unidad solo sale de lo esperado más allá de eso.
note-finding-rate-scatter-assumed-officer = Muy pocas unidades ({ $units }) permiten medir cuánto difieren de ordinario los funcionarios en sus posibilidades de encontrar algo: un factor de { $ratio } más allá del azar se toma por ordinario.
note-finding-rate-scatter-assumed-pair = Muy pocas unidades ({ $units }) permiten medir cuánto difieren de ordinario los pares en sus posibilidades de encontrar algo: un factor de { $ratio } más allá del azar se toma por ordinario.
note-finding-rate-naive-officer =
    Si se tuviera a todos los funcionarios por iguales salvo por el azar, { $naive ->
        [0] nada destacaría
       *[other] destacarían { $naive }
    }. Más allá de las diferencias ordinarias: { $standing }.
note-finding-rate-naive-pair =
    Si se tuviera a todos los pares por iguales salvo por el azar, { $naive ->
        [0] nada destacaría
       *[other] destacarían { $naive }
    }. Más allá de las diferencias ordinarias: { $standing }.
note-finding-rate-nobody = { $n } de { $total } reconocimientos no nombran a ningún funcionario y no cuentan para ninguno.
note-finding-rate-no-lane = { $n } de { $total } reconocimientos son de declaraciones sin canal y no cuentan en ningún sitio.

# value-shortfall
indicator-value-shortfall-title = Valores por debajo de mercancías semejantes
indicator-value-shortfall-question = ¿Se valoran más bajo las mercancías de un declarante cuando las trata un funcionario que cuando las tratan otros? Sin funcionarios en los registros: ¿se valoran más bajo que las mercancías semejantes de otros declarantes?
indicator-value-shortfall-unit = funcionario con declarante; declarante donde los registros no nombran a ningún funcionario
indicator-value-shortfall-null-hypothesis = Los precios de las mercancías de un importador, de un producto, una sección y un trimestre, frente a mercancías semejantes de otros declarantes donde hay bastantes y, si no, de un mismo origen, no dependen del funcionario que las trató, salvo la dispersión de los pares ordinarios y el nivel del mismo funcionario en mercancías semejantes de otros declarantes. Para los declarantes: sus precios no difieren de las mercancías semejantes más que los de los declarantes ordinarios.
indicator-value-shortfall-statistic = Media del logaritmo del valor unitario frente a mercancías semejantes (producto, origen, trimestre; sin el declarante), menos la media de las mercancías del mismo declarante con otros funcionarios; las mercancías sin semejantes, solo frente a las del mismo importador, producto, origen y trimestre; tres primeros momentos exactos de un sorteo sin reposición, probabilidad de tipo III de Pearson, frente a la dispersión ordinaria. Solo hacia abajo.
indicator-value-shortfall-gaming = Declarar el precio correcto y una cantidad demasiado pequeña; pasar a productos, o cambiar de orígenes e importadores, para que nada propio quede al lado; hacer que un solo funcionario trate todas las mercancías de una línea; mantener pequeña cada diferencia; cambiar los precios de referencia; hacer que un funcionario valore bajo para todos los declarantes: esta pregunta no encuentra a tal funcionario.
indicator-value-shortfall-counter-indicator = La masa neta frente a lo que dicen documentos y escáneres; la parte de mercancías, por declarante, sin semejantes ni mercancías propias con otros funcionarios; los cambios de las tablas de referencia; los hallazgos (finding-rate).
indicator-value-shortfall-false-flags-per-thousand = Medido en 400 administraciones inventadas sin ninguna maniobra: 0 unidades señaladas de 35 112 probadas, en 0 administraciones (benchmarks/results/scorecard.md).
indicator-value-shortfall-source = Comparación de valores unitarios en el espíritu de Chalendard y otros (QJE 2023); Edgington y Onghena 2007.
explanation-name-one-product = un solo producto hace la diferencia
peer-product = producto
peer-origin = origen
peer-importer = importador
reason-under-n-items-with-like-goods-of-other-declarants = menos de { $n } partidas con mercancías semejantes de otros declarantes
reason-under-n-items-beside-the-declarant-s-own-with-other-officers = menos de { $n } partidas junto a las del declarante con otros funcionarios
reason-under-n-lots-on-a-side = menos de { $n } lotes en un lado
reason-not-lower-than-the-same-officer-s-like-goods-of-other-declarants-by-more-than-chance-and-what-is-uncertain-of-that-level-allow = no más bajos que las mercancías semejantes de otros declarantes con el mismo funcionario en más de lo que permiten el azar y la incertidumbre de ese nivel
reason-under-n-products = menos de { $n } productos
note-value-no-officer = Los registros no nombran a ningún funcionario: los declarantes se comparan con mercancías semejantes de otros, lo que no distingue un valor bajo de mercancías más baratas.
note-value-no-importer = Los importadores no se nombran: las mercancías de un declarante se toman como de un solo importador.
note-value-no-assessed = Faltan los valores determinados: los valores son los declarados, y no se ve lo que los funcionarios aumentaron.
note-value-no-tax = No se conocen ni tasas ni impuestos de las partidas: no se da ningún impuesto en juego.
note-value-nothing-priced = Ninguna partida tiene un valor y una masa o cantidad.
note-value-coverage = { $referenced } de { $priced } partidas ({ $share }) tienen mercancías semejantes de bastantes otros declarantes con que compararse.
note-value-beside-own = { $own } partidas más se comparan solo con las mercancías del mismo importador, del mismo producto, origen y trimestre, con otros funcionarios, para lo que no hacen falta semejantes de otros.
note-value-few = { $pairs } pares con pocas partidas valoradas no se listan; tienen { $items } partidas.
note-value-few-declarants = { $declarants } declarantes con pocas partidas con mercancías semejantes no se listan.
note-value-scatter = Los pares ordinarios difieren de los precios del declarante en { $share } más allá del azar, medido en el centro de { $units } de ellos; un par solo sale de lo esperado más allá de eso.
note-value-scatter-assumed = Muy pocos pares ({ $units }) permiten medir cuánto se apartan de ordinario de los precios propios del declarante: un { $share } más allá del azar se toma por ordinario.
note-value-naive =
    Si se tuviera a todos los pares por iguales salvo por el azar, { $naive ->
        [0] nada destacaría
       *[other] destacarían { $naive }
    }. Más allá de las diferencias ordinarias: { $standing }.
note-value-officer-level = En { $office }, pares cuyos precios son bajos junto a las mercancías del mismo declarante con colegas, pero no más bajos que las mercancías semejantes de otros declarantes con el mismo funcionario en más de lo que permiten el azar y la incertidumbre de ese nivel: { $pairs }; funcionarios en ellos: { $officers }. Mercancías usadas o de otra calidad bajo un mismo código, un puesto para mercancías más baratas, o funcionarios que valoran bajo para todos: los precios solos no lo dicen. Pregunte a la oficina qué mercancías van a quién.
note-value-scatter-declarants = Los precios de los declarantes difieren de ordinario en { $share } de mercancías semejantes, medido en el centro de { $units } de ellos; uno solo sale de lo esperado más allá de eso. Las mercancías más baratas se ven igual que los valores bajos.
