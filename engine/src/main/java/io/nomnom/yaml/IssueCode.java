package io.nomnom.yaml;

/** The stable codes of faults in entity files: what is wrong, in a few words. */
public enum IssueCode {
    ENT001("the file cannot be read"),
    ENT002("not well-formed YAML"),
    ENT003("a key stands twice in one mapping"),
    ENT004("the document is too large or too deep"),
    ENT005("not an entity document"),
    ENT006("no entity files"),
    ENT101("unknown key"),
    ENT102("a value of the wrong kind"),
    ENT103("a required key is missing"),
    ENT104("not one of the allowed values"),
    ENT105("keys that exclude one another, or need one another"),
    ENT201("an entity is declared twice"),
    ENT202("a name that is not allowed"),
    ENT203("the derivation does not fit the entity's type"),
    ENT204("a name that is not an entity"),
    ENT205("a name that is not a field"),
    ENT206("a cycle, or a chain that is too long"),
    ENT207("a field of the wrong type for this use"),
    ENT208("parents that cannot be joined"),
    ENT209("children whose owner cannot be known"),
    ENT210("an abstract entity where a real one is needed"),
    ENT211("two entities take the same prefix"),
    ENT301("unknown type"),
    ENT302("a type's arguments are wrong"),
    ENT303("a constraint that does not fit the type"),
    ENT304("a constraint that no value can meet"),
    ENT305("a pattern that is not RE2 syntax"),
    ENT306("a constant that breaks the field's own rules"),
    ENT307("two fields of one name or column"),
    ENT401("unknown transform"),
    ENT402("a transform's inputs or arguments are wrong"),
    ENT403("a source whose type does not fit the field"),
    ENT404("code in another language"),
    ENT405("a transform of one's own that cannot work"),
    ENT406("a CEL expression that cannot work"),
    ENT501("two entities write one table"),
    ENT502("a name that is not a stored field"),
    ENT503("a key that cannot be used in the table"),
    ENT504("two tables, indexes or columns of one name"),
    ENT901("a key that has no effect"),
    ENT902("a likely mistake");

    private final String title;

    IssueCode(String title) {
        this.title = title;
    }

    /** What is wrong, in a few words, without the particulars. */
    public String title() {
        return title;
    }
}
