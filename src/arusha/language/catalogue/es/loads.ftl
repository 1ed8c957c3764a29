## Lo que dicen en la pantalla el examen de un extracto y una carga, y lo que precede a un remedio.

what-to-do = Qué hacer: { $remedy }
load-look =
    Correspondencia { $mapping }: { $files ->
        [one] un archivo leído
       *[other] { $files } archivos leídos
    }; no se guarda nada.
load-blocked = Una carga no guardaría nada mientras no se corrija esto:
load-absent = ausentes: { $columns }
load-empty = vacías: { $columns }
load-constant = constantes: { $columns }
load-day-only =
    { $column }: solo se conoce el día en { $n ->
        [one] una fila
       *[other] { $n } filas
    }
load-absent-tables = Tablas que faltan: { $tables }
load-would = Se apartarían:
load-known-values = El contrato conoce { $values }; un código para otro se declara en un ajuste (`lookup`).
load-reason =
    { $n ->
        [one] una fila
       *[other] { $n } filas
    } de { $table }: { $reason }. { $meaning }
load-example = { $path }, línea { $line }: { $cells }
load-not-read = Sin leer:
load-not-read-columns = { $path }: columnas { $columns }
load-not-read-file = { $path }: ninguna tabla de la correspondencia
load-note = Nota: { $note }
load-rows =
    { $n ->
        [one] una fila
       *[other] { $n } filas
    }
load-aside = Filas apartadas: { $n } de { $path } para { $table }: { $reason }, desde la línea { $line }. { $meaning }
load-file = { $path }: { $rows } filas leídas = { $accepted } aceptadas + { $aside } apartadas
load-file-no-table = { $file } + { $n } para ninguna tabla
load-workspace = El espacio de trabajo es { $path }
