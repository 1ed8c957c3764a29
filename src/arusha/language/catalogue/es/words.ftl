## El vocabulario fijo de la incertidumbre. Estas palabras significan lo mismo en todas partes y se traducen una sola vez.

verdict-cannot-tell = no se puede concluir
verdict-within-expected-scatter = dentro de la dispersión esperada
verdict-unusual = inusual
verdict-unusual-and-persistent = inusual y persistente
verdict-confirmed = confirmado

verdict-cannot-tell-meaning = Hay muy pocos casos para decir algo, o una razón honesta encaja igual de bien con los registros. No significa que todo esté bien.
verdict-within-expected-scatter-meaning = La diferencia no es mayor que la que produciría el solo azar.
verdict-unusual-meaning = La diferencia es mayor que la que producirían el azar y la variación ordinaria. No se ha examinado.
verdict-unusual-and-persistent-meaning = Fue inusual en dos períodos seguidos. No se ha examinado.
verdict-confirmed-meaning = Así lo decidió un órgano competente después de oír a la persona. Ninguna estadística puede decirlo.

## Líneas que figuran en cada documento.

standing-line = Una señal es un motivo para mirar, no una conclusión.
p-below = menor que { $value }
standing-line-explained = Una señal es un motivo para mirar, no una conclusión. Cerca de { $count } de cada { $of } señales de este tipo se cerraron como explicadas.
unexplained-is-neutral = «Sin explicación» es neutro: los registros no ofrecen ninguna, lo que no significa que no exista.
study-line = Estudio: nadie ha aceptado estas preguntas. No debe usarse respecto de ninguna persona.
demo-line = DEMOSTRACIÓN: República de Examplia, datos inventados, semilla { $seed }.
forbidden-uses = No prueba ninguna infracción de nadie. No sirve para decidir sobre salarios, ascensos ni disciplina.
position-is-not-a-rank = La posición no establece ningún orden entre personas ni oficinas.
nothing-leaves = Nada sale de este equipo.
not-assessed-needs = No evaluado: falta { $needs }.
not-checked-needs = No comprobado: falta { $needs }.

## Quién ha leído la traducción.

review-native-speaker-yes = Una persona de lengua materna española ha leído este texto.
review-native-speaker-no = Ninguna persona de lengua materna española ha leído todavía este texto. Si una frase parece errónea, prevalece el texto inglés.

## Lo que puede pasar con una explicación.

explanation-found = encontrada
explanation-not-found = no encontrada
explanation-not-checked = no comprobada

## Términos del oficio.

term-declaration = { $count ->
    [one] declaración
   *[other] declaraciones
}
term-declarant = declarante
term-officer = funcionario aforador
term-office = aduana
term-importer = importador
term-user = usuario
term-product = producto
term-pair = funcionario y declarante
term-lane = canal de control
lane-green = verde
lane-blue = azul
lane-yellow = amarillo
lane-red = rojo
