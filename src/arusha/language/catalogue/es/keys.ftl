## Lo que se escribe en los archivos de los depositarios de la clave.

share-purpose =
    Esta es una de las tres partes de la clave que abre la tabla de seudónimos.
    Dos partes juntas muestran quién está detrás de un seudónimo. Una sola no muestra nada.
    Guárdela para usted, en papel o en un soporte bajo llave, nunca en el equipo que hace las evaluaciones.
    Entréguela solo ante una solicitud escrita y motivada, y anote cuándo la entregó.
    Si se pierde, avise: debe hacerse una clave nueva antes de la próxima carga.
seal-key-purpose =
    Esta es la clave pública con la que cada carga sella la tabla de seudónimos.
    No abre nada. Puede copiarse libremente.
