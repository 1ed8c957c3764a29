## What a report says under a charter.

charter-line = Bajo una carta: una pregunta que no está en vigor da recuentos por oficina y no nombra a nadie.
counts-only = { $stage }: solo recuentos por oficina. No se nombra a ninguna persona ni a ningún par.
counts-caption = Unidades por oficina
counts-reading = No se dan los recuentos menores de { $n }, ni un recuento de señales tan próximo a ninguna o a todas. Los demás se redondean a cinco.
fewer-than = menos de { $n }
not-given = no se da
all-offices = Todas las oficinas
column-signals = Señales
method-approval-live = En vigor bajo la carta. Huella de la definición acordada: { $hash }.
answer-counts-only =
    { $n ->
        [one] Una pregunta no está en vigor bajo la carta: da recuentos por oficina.
       *[other] { $n } preguntas no están en vigor bajo la carta: dan recuentos por oficina.
    }

stage-draft = Borrador
stage-consultation = En consulta
stage-pilot = En prueba
stage-live = En vigor sin mostrar individuos
stage-paused = En pausa
stage-review-due = Revisión pendiente
stage-retired = Retirada
stage-not-drafted = No propuesta bajo la carta
wb-not-drafted-first = Un analista o el responsable de integridad propone primero la pregunta, con su expediente; después se consulta al sindicato. Hasta que esté en vigor da recuentos por oficina y no nombra a nadie.
stage-study = Un estudio: nadie la acordó
