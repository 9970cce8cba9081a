package io.nomnom.cli;

import picocli.CommandLine.Option;

/** The option of commands that print for people or for programs. */
final class OutputOption {
    /** How a command prints. */
    private enum Format {
        TABLE,
        JSON
    }

    @Option(
            names = {"-o", "--output"},
            description = "table or json.",
            defaultValue = "table")
    private Format format = Format.TABLE;

    boolean isJson() {
        return format == Format.JSON;
    }
}
