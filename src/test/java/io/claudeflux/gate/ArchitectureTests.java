package io.claudeflux.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTests {
    private static final String ROOT = "io.claudeflux";
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    @TestFactory
    Stream<DynamicTest> theLibraryKeepsEveryRule() {
        return ArchitectureRules.below(ROOT).entrySet().stream()
                .map(rule -> DynamicTest.dynamicTest(
                        rule.getKey(), () -> rule.getValue().check(MAIN)));
    }

    @Test
    void noPackageOfTheDesignIsEmptyWithoutBeingListed() {
        Set<String> empty = new TreeSet<>(PackageArrows.packages());
        empty.removeAll(MAIN.stream()
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .map(type -> PackageArrows.entryOf(ROOT, type.getPackageName()))
                .flatMap(Optional::stream)
                .collect(Collectors.toSet()));

        assertThat(PackageArrows.NOT_YET_BUILT).containsAll(empty);
    }

    @Test
    void everyExceptionToARuleIsStillThere() {
        assertThat(ArchitectureRules.MAY_SUBSCRIBE).allMatch(name -> MAIN.contain(ROOT + "." + name));
        assertThat(ArchitectureRules.MAY_WAIT).allMatch(name -> MAIN.contain(ROOT + "." + name));
        assertThat(ArchitectureRules.DOORS).allMatch(name -> MAIN.contain(ROOT + "." + name));
    }
}
