## Lo que muestran las órdenes de encuestas, de gobernanza de datos y de comprobación de evaluaciones.

survey-begun = Nada vale por menos de { $n } personas en lo que pasa por { $folder }
survey-digest = Resumen, para anotar en otra parte: { $digest }
survey-released = { $number } { $at } { $table }: celdas mostradas { $shown }, retenidas { $withheld }
survey-smallest = Grupo mínimo: { $n }
survey-written = Celdas mostradas { $shown }, retenidas { $withheld }: { $file }
survey-ledger-digest = Resumen del libro, para anotar en otra parte: { $digest }
rows-in-file = Filas: { $n }, en { $file }
verify-again = { $files } archivos como dice el manifiesto; { $units } unidades, de ellas { $signals ->
    [one] una señal
   *[other] { $signals } señales
 }; el plan se repitió y da los mismos bytes
verify-not-again = { $files } archivos como dice el manifiesto; { $units } unidades, de ellas { $signals ->
    [one] una señal
   *[other] { $signals } señales
 }; no se repitió (sin --workspace)
data-load = { $at } { $digest } { $of } leídas { $count } apartadas = { $share } (de { $low } a { $high }): { $verdict }
data-load-expected = { $at } { $digest } { $of } leídas { $count } apartadas = { $share } (de { $low } a { $high }, como mucho { $most } esperado): { $verdict }
data-changed = Cambió: { $what }
data-no-load = No se conoce ninguna carga.
data-can-be-asked = se puede preguntar
data-cannot-be-asked = no se puede preguntar: falta { $lacks }
data-helped = { $asked }; le ayudaría { $unaided }
data-source = Fuente { $id }: { $state }; { $terms }; { $people }; en espera: { $n }
data-terms = { $cadence }, tablas: { $tables }, columnas: { $columns }
data-no-terms = aún sin condiciones
data-people = titular { $owner }, cuidador { $steward }
data-no-source = No hay ninguna fuente registrada.
data-letter = { $id }  { $state }  { $day }  puntos: { $n }
data-no-letter = No se redactó ninguna pregunta.
data-no-site = Aún no se abrió ningún sitio: no se conoce nada que pudiera vencer.
data-due = { $item } { $name }  vencido desde { $day } ({ $ground })
data-due-kept = { $item } { $name }  vencido desde { $day } ({ $ground }), se queda: { $kept }
data-going = Se van: { $go }; se quedan igualmente: { $stay }.
clash-lacks = No se puede decir: a los registros les falta { $what }.
clash-records = Registros del { $first } al { $last }. Usuarios que tenían ambos derechos de un par en una oficina:
clash-use-unknown = uso: no se puede decir
clash-used = usados por { $users } en { $together } declaraciones ({ $acting } con un encargo registrado, { $excepted } con una excepción), por turnos en { $turn }, sin derecho registrado en { $lacking }
clash-pair = { $roles }: { $now } el último día, { $ever } en el período; { $use }
clash-empty = La lista de funciones que separar está vacía.
clash-no-use-acts = El uso no se puede decir: no se declara qué actos corresponden a qué función (--acts FILE).
clash-no-use-log = El uso no se puede decir: el registro no es lo bastante bueno.
clash-no-use-tables = El uso no se puede decir: ningún par de funciones tiene en los registros actos propios en ambos lados.
clash-shared = Actos a la vez de { $one } y de { $other }, dejados fuera: { $acts }.
clash-silent = Funciones sin acto propio en un par: { $names }.
clash-unread = Actos cuya tabla falta en los registros: { $names }.
clash-unknown = Funciones que nadie tiene en los registros: { $names }.
clash-strangers = Ambas mitades de { $n } declaraciones por alguien que nunca tuvo ambos derechos en los registros: faltan derechos allí, o se declararon actos para la función equivocada.
clash-problem-backwards = Derechos que terminan antes de empezar y no tienen efecto: { $n }.
clash-problem-twice = Pares que la lista nombra dos veces: { $n }.
clash-problem-with-itself = Funciones que la lista opone a sí mismas: { $n }.
ledger-of = Libro { $origin } en { $where }: { $n } anotaciones, raíz { $root }
ledger-held = Punto de control de { $n } anotaciones, firmado por { $names }: { $agrees }
ledger-nobody = nadie cuya clave se diera
ledger-agrees = concuerda
ledger-agrees-not = NO CONCUERDA
ledger-not-holds = NO SE SOSTIENE: { $problem }
ledger-note = Nota: { $note }
ledger-first = Las primeras { $n } anotaciones son aquellas de las que se hicieron los puntos de control.
ledger-alone = Nada en el libro se contradice.
ledger-limits = Lo que esto no puede probar:
ledger-impossible = { $name } (a una hora imposible)
