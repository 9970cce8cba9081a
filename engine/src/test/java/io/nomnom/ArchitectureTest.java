package io.nomnom;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new DoNotIncludeTests())
                    .withImportOption(location -> !location.contains("devstack"))
                    .importPackages("io.nomnom");

    @Test
    void importsFollowTheArrows() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("yaml")
                .definedBy("io.nomnom.yaml")
                .layer("catalog")
                .definedBy("io.nomnom.catalog")
                .layer("transform")
                .definedBy("io.nomnom.transform")
                .layer("plan")
                .definedBy("io.nomnom.plan")
                .layer("message")
                .definedBy("io.nomnom.message")
                .layer("sql")
                .definedBy("io.nomnom.sql")
                .layer("nats")
                .definedBy("io.nomnom.nats")
                .layer("pg")
                .definedBy("io.nomnom.pg")
                .layer("ingest")
                .definedBy("io.nomnom.ingest")
                .layer("worker")
                .definedBy("io.nomnom.worker")
                .layer("dashboard")
                .definedBy("io.nomnom.dashboard")
                .layer("cli")
                .definedBy("io.nomnom.cli")
                .layer("app")
                .definedBy("io.nomnom.app")
                .withOptionalLayers(true)
                .whereLayer("app")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("ingest")
                .mayOnlyBeAccessedByLayers("app")
                .whereLayer("worker")
                .mayOnlyBeAccessedByLayers("app")
                .whereLayer("dashboard")
                .mayOnlyBeAccessedByLayers("app")
                .whereLayer("cli")
                .mayOnlyBeAccessedByLayers("app")
                .whereLayer("pg")
                .mayOnlyBeAccessedByLayers("ingest", "worker", "dashboard", "cli", "app")
                .whereLayer("nats")
                .mayOnlyBeAccessedByLayers("ingest", "worker", "dashboard", "app")
                .whereLayer("sql")
                .mayOnlyBeAccessedByLayers(
                        "nats", "pg", "ingest", "worker", "dashboard", "cli", "app")
                .whereLayer("catalog")
                .mayOnlyAccessLayers("yaml")
                .whereLayer("yaml")
                .mayNotAccessAnyLayer()
                .check(CLASSES);
    }

    @Test
    void theCoreIsPlainJava() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.nomnom.yaml",
                        "io.nomnom.catalog",
                        "io.nomnom.transform",
                        "io.nomnom.plan",
                        "io.nomnom.message",
                        "io.nomnom.sql",
                        "io.nomnom.observe")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.quarkus..", "jakarta..", "io.vertx..", "io.smallrye..", "io.nats..")
                .check(CLASSES);
    }

    @Test
    void onlyPgSpeaksVertxAndOnlyNatsSpeaksNats() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.nomnom.pg", "io.nomnom.app")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.vertx..", "io.smallrye.mutiny..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackage("io.nomnom.nats")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.nats..")
                .check(CLASSES);
    }
}
