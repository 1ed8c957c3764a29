## Qué fue de las explicaciones ordinarias: una frase cada una, con los valores que dieron los registros.

# Funciones de un funcionario. $detail es texto de los registros y queda como se escribió.
told-duty-specialist-desk = En un puesto especializado del { $start } al { $end }.
told-duty-specialist-desk-for = En un puesto especializado («{ $detail }») del { $start } al { $end }.
told-duty-acting-for = Suplió a otro funcionario del { $start } al { $end }.
told-duty-acting-for-for = Suplió a { $detail } del { $start } al { $end }.
told-duty-training = En formación del { $start } al { $end }.
told-duty-training-for = En formación («{ $detail }») del { $start } al { $end }.
told-doubt-when = No se sabe cuándo se anotó, así que no despeja la señal.
told-doubt-late = Se anotó después de haber empezado, así que no despeja la señal.
told-doubt-who = No se sabe quién lo anotó, así que no despeja la señal.
told-doubt-gains = Lo anotó alguien que puede ganar con ello, así que no despeja la señal.
told-cover-cannot-be-told = Los registros no permiten decir qué abarca.

# Lo que queda sin lo que una explicación abarca.
told-left-nothing = Sin eso no queda nada que comparar.
told-left-cases = Sin eso: { $observed } de { $n }, frente a { NUMBER($expected, maximumFractionDigits: 1) } esperados.
told-left-picks =
    Sin eso: { $observed } de { $n ->
        [one] { $n } elección
       *[other] { $n } elecciones
    }, frente a { NUMBER($expected, maximumFractionDigits: 1) } esperadas.
told-left-moves =
    Sin eso: { $observed } de { $n ->
        [one] { $n } expediente
       *[other] { $n } expedientes
    } pasados a otro funcionario, frente a { NUMBER($expected, maximumFractionDigits: 1) } esperados.
told-left-out-of-order =
    Sin eso: { $observed } de { $n ->
        [one] { $n } control
       *[other] { $n } controles
    } cerrados sin acta o por otra persona, frente a { NUMBER($expected, maximumFractionDigits: 1) } esperados.
told-left-no-finding =
    Sin eso: { $observed } de { $n ->
        [one] { $n } reconocimiento
       *[other] { $n } reconocimientos
    } sin hallazgo, frente a { NUMBER($expected, maximumFractionDigits: 1) } esperados.
told-left-price-lower =
    Sin eso: precios un { NUMBER($share, style: "percent", maximumFractionDigits: 1) } más bajos que con otros funcionarios, en { $n ->
        [one] { $n } partida
       *[other] { $n } partidas
    }.
told-left-price-higher =
    Sin eso: precios un { NUMBER($share, style: "percent", maximumFractionDigits: 1) } más altos que con otros funcionarios, en { $n ->
        [one] { $n } partida
       *[other] { $n } partidas
    }.
told-chance = El azar por sí solo daría tanto o más con una probabilidad de { NUMBER($p, maximumSignificantDigits: 2) }.
told-chance-small = El azar por sí solo daría tanto o más con una probabilidad inferior a { NUMBER($p, maximumFractionDigits: 3) }.

# Quién estaba allí.
told-hired = En el servicio desde el { $since }; a un funcionario nuevo se le suele dar trabajo más sencillo.
told-posted = Destinado en { $office } desde el { $start }.
told-posted-until = Destinado en { $office } del { $start } al { $end }.
told-away =
    { $n ->
        [one] Un colega estuvo ausente parte del período.
       *[other] { $n } colegas estuvieron ausentes parte del período.
    }
told-first-day = La primera declaración de la aduana es del { $day }.
told-allowed-by-day = La prueba lo tiene en cuenta: las elecciones solo se comparan con otras del mismo día, o de la misma semana donde la aduana tiene poco trabajo.

# Reglas de la aduana. $method: random, rota, workload o manual.
told-rule = Regla de la aduana: el trabajo se reparte { $method ->
        [manual] a mano
        [rota] por turno
        [workload] según la carga
        [random] al azar
       *[other] por «{ $method }»
    }.
told-rule-pool = Regla de la aduana: el trabajo se reparte { $method ->
        [manual] a mano
        [rota] por turno
        [workload] según la carga
        [random] al azar
       *[other] por «{ $method }»
    } dentro del grupo { $pool }.
told-rule-goods = Regla de la aduana: las mercancías { $goods } se reparten { $method ->
        [manual] a mano
        [rota] por turno
        [workload] según la carga
        [random] al azar
       *[other] por «{ $method }»
    }.
told-rule-pool-goods = Regla de la aduana: las mercancías { $goods } se reparten { $method ->
        [manual] a mano
        [rota] por turno
        [workload] según la carga
        [random] al azar
       *[other] por «{ $method }»
    } dentro del grupo { $pool }.
told-rule-section = Regla de la aduana: el trabajo de la sección { $section } se reparte { $method ->
        [manual] a mano
        [rota] por turno
        [workload] según la carga
        [random] al azar
       *[other] por «{ $method }»
    }.
told-rule-pool-section = Regla de la aduana: el trabajo de la sección { $section } se reparte { $method ->
        [manual] a mano
        [rota] por turno
        [workload] según la carga
        [random] al azar
       *[other] por «{ $method }»
    } dentro del grupo { $pool }.
told-rule-goods-section = Regla de la aduana: las mercancías { $goods } de la sección { $section } se reparten { $method ->
        [manual] a mano
        [rota] por turno
        [workload] según la carga
        [random] al azar
       *[other] por «{ $method }»
    }.
told-rule-pool-goods-section = Regla de la aduana: las mercancías { $goods } de la sección { $section } se reparten { $method ->
        [manual] a mano
        [rota] por turno
        [workload] según la carga
        [random] al azar
       *[other] por «{ $method }»
    } dentro del grupo { $pool }.
told-rules-more =
    { $n ->
        [one] Otra regla de la aduana figura en los registros.
       *[other] Otras { $n } reglas de la aduana figuran en los registros.
    }
told-allowed-by-rule = La prueba lo tiene en cuenta: las elecciones solo se comparan bajo la misma regla.

# De una sola pregunta.
told-batch = El { NUMBER($share, style: "percent", maximumFractionDigits: 0) } de las elecciones sigue a otra del mismo declarante en menos de { $minutes } minutos; aquí cuentan una sola vez.
told-same-hours = Hora por hora, al funcionario le corresponde más trabajo de este declarante.
told-hours-picks =
    Comparando hora por hora: { $observed } de { $n ->
        [one] { $n } elección
       *[other] { $n } elecciones
    }, frente a { NUMBER($expected, maximumFractionDigits: 1) } esperadas.
told-hours-moves =
    Comparando hora por hora: { $observed } de { $n ->
        [one] { $n } expediente
       *[other] { $n } expedientes
    } pasados a otro funcionario, frente a { NUMBER($expected, maximumFractionDigits: 1) } esperados.
told-hours-left-out =
    De { $n ->
        [one] un expediente
       *[other] { $n } expedientes
    }, { $alone } están en horas en las que nadie más presentó nada y se dejan fuera; { $one } están en horas en las que todos o casi todos los expedientes fueron a un solo funcionario, y no cuentan para el azar.
told-hours-thin =
    La respuesta hora por hora es escasa: se apoya en { $n ->
        [one] un expediente
       *[other] { $n } expedientes
    }.
told-moves-off-shift =
    { $n ->
        [one] Un expediente de este declarante se pasó cuando el funcionario elegido primero estaba fuera de turno; se deja aparte.
       *[other] { $n } expedientes de este declarante se pasaron cuando el funcionario elegido primero estaba fuera de turno; se dejan aparte.
    }
told-moves-absent =
    { $n ->
        [one] Un expediente de este declarante se pasó cuando el funcionario elegido primero estaba de permiso o en formación; se deja aparte.
       *[other] { $n } expedientes de este declarante se pasaron cuando el funcionario elegido primero estaba de permiso o en formación; se dejan aparte.
    }
told-one-act-for-batch = Si el acta de una declaración cuenta para todas las del declarante cerradas ese día:
told-acts-not-kept = En el canal { $lane ->
        [green] verde
        [blue] azul
        [yellow] amarillo
        [red] rojo
       *[other] { $lane }
    }, al menos la mitad de los controles de la aduana terminan sin acta.
told-allowed-by-lane = La prueba lo tiene en cuenta: los canales se comparan por separado.
told-one-product = Sin el producto { $product } de un solo importador, nada destaca. Puede ser otra calidad de la mercancía.
told-few-weeks =
    Sin { $n ->
        [one] la semana más alejada
       *[other] las { $n } semanas más alejadas
    }, la tasa es de { NUMBER($rate, style: "percent", maximumFractionDigits: 1) } frente a { NUMBER($declared, style: "percent", maximumFractionDigits: 1) } en las reglas.
told-every-office =
    De las demás aduanas bajo la misma regla ({ $n }), { $same ->
        [0] ninguna se aparta tanto en el mismo sentido.
        [one] una se aparta tanto en el mismo sentido.
       *[other] { $same } se apartan tanto en el mismo sentido.
    }
table-another-office-under-the-same-rule = otra aduana bajo la misma regla
