package io.nomnom.cli;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes outcomes in the XML that CI servers read as the format of JUnit. */
final class JunitReport {
    private JunitReport() {}

    static void write(Path file, List<CaseFolders.Outcome> outcomes) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        try (Writer writer = Files.newBufferedWriter(file)) {
            write(XMLOutputFactory.newFactory().createXMLStreamWriter(writer), outcomes);
        } catch (XMLStreamException fault) {
            throw new IOException(fault);
        }
    }

    private static void write(XMLStreamWriter xml, List<CaseFolders.Outcome> outcomes)
            throws XMLStreamException {
        long failures = outcomes.stream().filter(each -> each.fault() != null).count();
        xml.writeStartDocument();
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", "nomnom");
        xml.writeAttribute("tests", "" + outcomes.size());
        xml.writeAttribute("failures", "" + failures);
        for (CaseFolders.Outcome outcome : outcomes) {
            xml.writeStartElement("testcase");
            xml.writeAttribute("classname", "nomnom");
            xml.writeAttribute("name", outcome.name());
            if (outcome.fault() != null) {
                xml.writeStartElement("failure");
                xml.writeCharacters(printable(outcome.fault()));
                xml.writeEndElement();
            }
            xml.writeEndElement();
        }
        xml.writeEndElement();
        xml.writeEndDocument();
        xml.close();
    }

    /** XML has no control characters. */
    private static String printable(String text) {
        return text.replaceAll("[\\p{Cntrl}&&[^\\n\\t]]", "?");
    }
}
