## La solicitud al departamento de informática.

letter-title = Solicitud de extracción de registros
letter-to = A: la jefatura de informática
letter-from = De: ____
letter-date = Fecha: ____
letter-basis = Autorizado por: ____

letter-short = En resumen
letter-short-what = Pedimos { $tables ->
    [one] una tabla
   *[other] { $tables } tablas
} del sistema aduanero, del período del ____ al ____ y de todas las aduanas: una sola extracción de solo lectura, desde una copia si la hay.
letter-short-why = Sirven para evaluar si se cumplieron nuestras propias reglas. Los resultados son motivos para mirar, nunca conclusiones sobre una persona. Nada se escribe en sus sistemas.
letter-short-asycuda = Si usan SIDUNEA World, lo más sencillo es extraer estas tablas enteras, con los nombres de columna que tienen: { $tables }. Nosotros nos ocupamos de renombrar. Añadan el historial de operaciones de los documentos: quién hizo qué, y cuándo. No figura entre las tablas documentadas; el equipo nacional de SIDUNEA sabe dónde se guarda.
letter-short-first = Solo es indispensable la tabla { $table }. Cada una de las demás permite responder a más preguntas, y ninguna que falte detiene el trabajo.
letter-short-persons = No necesitamos nombres de personas. Los códigos se sustituyen por seudónimos antes de guardar nada.
letter-short-reply = Les rogamos decirnos antes del ____ qué tablas pueden entregar y a quién podemos preguntar.

letter-serves = Para qué sirve
letter-serves-intro = Con estos registros la evaluación pregunta:
letter-question-assignment-steering = si las declaraciones de cada declarante se reparten entre los funcionarios como manda la regla
letter-question-assignment-override = quién cambia la primera asignación de un funcionario, y para qué declarantes
letter-question-lane-rates = si las declaraciones fueron a cada canal de control con la tasa fijada
letter-question-lane-change-without-act = si se cambió un canal de control sin acto de control
letter-question-finding-rate = si los controles de mercancías semejantes dan hallazgos semejantes
letter-question-value-shortfall = si los valores declarados son inferiores a los de mercancías semejantes
letter-question-rights-that-clash = quién tiene en el sistema permisos que la administración separa, y si ambos se usaron en una misma declaración

letter-deliver = Cómo entregar
letter-deliver-files = CSV (UTF-8, una línea de encabezado) o Parquet. Un archivo por tabla, o una carpeta de partes. Los CSV pueden ir comprimidos con gzip o zstd.
letter-deliver-everything = Todo lo del período: todas las aduanas, todos los estados, también las declaraciones anuladas. Si se conservan versiones anteriores de una declaración, envíenlas: de ellas salen los valores antes y después del control.
letter-deliver-times = Las fechas con horas y minutos siempre que existan. Dígannos en qué zona horaria están escritas.
letter-deliver-codes = Los códigos como texto, con sus ceros iniciales. Les rogamos no abrir los archivos en una hoja de cálculo: cambia códigos y fechas.
letter-deliver-untouched = Nada depurado, corregido, unido ni omitido. Contamos cada fila que no se puede usar y les decimos por qué.
letter-deliver-totals = Con cada tabla, su número de filas y, si hay importes, la suma de cada uno. Los comparamos después de la carga.
letter-deliver-medium = En un disco cifrado, entregado en mano. La contraseña va por otra vía.

letter-persons = Las personas
letter-persons-codes = Envíen los códigos de funcionarios, usuarios, declarantes e importadores tal como están en su sistema. Si los sustituyen ustedes, las tablas ya no se pueden unir.
letter-persons-pseudonyms = Al leer los archivos, cada código se sustituye por un seudónimo hecho con una clave secreta, antes de guardar la primera fila. La clave se guarda aparte. Podemos hacer sellar la lista de códigos y seudónimos con una clave hecha por ustedes: entonces dos de tres depositarios juntos pueden ver quién está detrás de un seudónimo, y uno solo no puede. Dígannos antes de la carga si lo desean.
letter-persons-not = Les rogamos no enviar nombres de funcionarios, fotografías, mensajes, ni el sexo, la edad, la religión, el origen étnico o la afiliación sindical.

letter-tables = Tabla por tabla
letter-tables-names = Los nombres bajo «SIDUNEA World» son los que documenta la UNCTAD; su sistema puede haberlos cambiado. Si tiene otros nombres, o es otro sistema, envíen lo que tengan: no hace falta usar los nombres de columna de la izquierda.
letter-tables-mark = Una columna marcada con * debe estar llena en cada fila de su tabla. Las demás pueden estar vacías o faltar.
letter-held-by-system = Del sistema informático aduanero
letter-held-by-personnel = De personal y de los jefes de aduana
letter-held-by-headquarters = De la sede central
letter-held-elsewhere = Las pedimos aparte. Envíen estas tablas solo si las tienen ustedes.
letter-why = Por qué: { $text }
letter-without = Sin ella: { $text }
letter-column = Columna
letter-meaning = Qué es
letter-asycuda = SIDUNEA World, o dónde se conserva

letter-thanks = Gracias. También conviene enviar una tabla de la que no estén seguros: dígannos qué les ofrece dudas.
