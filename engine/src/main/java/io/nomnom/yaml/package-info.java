/** Located YAML: text becomes nodes that know their file, line and column; faults become issues. */
@NullMarked
package io.nomnom.yaml;

import org.jspecify.annotations.NullMarked;
