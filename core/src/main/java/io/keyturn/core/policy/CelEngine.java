package io.keyturn.core.policy;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelMacro;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.keyturn.core.model.Spelling;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that touches the CEL library, so that it is loaded with the first condition that needs it and not before.
 * Attributes are declared as variables with dotted names: a wrong one fails when the condition is read.
 */
final class CelEngine {
    private static final String TAG = "tag";
    private static final String TAG_OVERLOAD = "tag_of_user";
    private static final CelCompiler COMPILER = compiler();
    private static final CelRuntime RUNTIME = runtime();

    private CelEngine() {}

    /** A condition that fits all declarations, with the attributes it mentions. */
    record Checked(CelAbstractSyntaxTree ast, Set<Attribute> attributes) {}

    static Checked check(String source) throws ConditionProblem {
        CelValidationResult parsed = COMPILER.parse(source);
        CelAbstractSyntaxTree tree = treeOf(parsed, source);
        Set<Attribute> attributes = attributes(tree);
        CelAbstractSyntaxTree ast = treeOf(COMPILER.check(tree), source);
        if (!ast.getResultType().equals(SimpleType.BOOL)) {
            throw new ConditionProblem(
                    "the condition is of type " + ast.getResultType().name() + ", not bool",
                    1,
                    1,
                    "compare it, as in: user.name == \"deploy\"");
        }
        return new Checked(ast, attributes);
    }

    static CelRuntime.Program program(CelAbstractSyntaxTree ast) {
        try {
            return RUNTIME.createProgram(ast);
        } catch (CelEvaluationException e) {
            throw new IllegalStateException("could not prepare a condition that was checked: " + e.getMessage(), e);
        }
    }

    private static CelCompiler compiler() {
        CelCompilerBuilder builder = CelCompilerFactory.standardCelCompilerBuilder()
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addMacros(CelMacro.newGlobalMacro(
                        TAG, 1, (factory, target, arguments) -> Optional.of(tagCall(factory, arguments))))
                .addFunctionDeclarations(CelFunctionDecl.newFunctionDeclaration(
                        TAG,
                        CelOverloadDecl.newGlobalOverload(
                                TAG_OVERLOAD, SimpleType.STRING, typeOf(Attribute.Kind.TEXT_MAP), SimpleType.STRING)));
        for (Attribute attribute : Attribute.values()) {
            builder.addVar(attribute.dotted(), typeOf(attribute.kind()));
        }
        return builder.build();
    }

    /** {@code tag("x")} reads as the same function on {@code user.tags}, so that its needs show in the tree. */
    private static CelExpr tagCall(dev.cel.parser.CelMacroExprFactory factory, List<CelExpr> arguments) {
        CelExpr tags = factory.newSelect(factory.newIdentifier("user"), "tags", false);
        return factory.newGlobalCall(TAG, tags, arguments.getFirst());
    }

    private static CelRuntime runtime() {
        return CelRuntimeFactory.standardCelRuntimeBuilder()
                .addFunctionBindings(CelFunctionBinding.from(
                        TAG_OVERLOAD, Map.class, String.class, (tags, name) -> tags.getOrDefault(name, "")))
                .build();
    }

    private static CelType typeOf(Attribute.Kind kind) {
        return switch (kind) {
            case TEXT -> SimpleType.STRING;
            case TRUTH -> SimpleType.BOOL;
            case TIMESTAMP -> SimpleType.TIMESTAMP;
            case DURATION -> SimpleType.DURATION;
            case TEXT_LIST -> ListType.create(SimpleType.STRING);
            case TEXT_MAP -> MapType.create(SimpleType.STRING, SimpleType.STRING);
        };
    }

    private static CelAbstractSyntaxTree treeOf(CelValidationResult result, String source) throws ConditionProblem {
        if (!result.hasError()) {
            try {
                return result.getAst();
            } catch (CelValidationException e) {
                throw new ConditionProblem(String.valueOf(e.getMessage()), 1, 1, "see https://cel.dev");
            }
        }
        CelIssue issue = result.getErrors().getFirst();
        int line = Math.max(1, issue.getSourceLocation().getLine());
        int column = Math.max(0, issue.getSourceLocation().getColumn()) + 1;
        throw new ConditionProblem(issue.getMessage() + ", in: " + source, line, column, adviceOn(issue.getMessage()));
    }

    private static String adviceOn(String message) {
        int open = message.indexOf('\'');
        int close = message.indexOf('\'', open + 1);
        if (message.startsWith("undeclared reference") && close > open) {
            String word = message.substring(open + 1, close);
            List<String> names = new ArrayList<>(Attribute.ROOTS);
            names.addAll(
                    List.of(TAG, "startsWith", "endsWith", "contains", "matches", "duration", "timestamp", "size"));
            return Attribute.ROOTS.contains(word)
                    ? "name one of its attributes: " + String.join(", ", Attribute.fieldsOf(word))
                    : meant(word, names, "known are user, account, key and tag(\"name\")");
        }
        return "a condition is an expression in CEL, such as: user.class == \"machine\"";
    }

    private static String meant(String word, Collection<String> names, String otherwise) {
        @Nullable String nearest = Spelling.nearest(word, names);
        return nearest == null ? otherwise : "did you mean \"" + nearest + "\"?";
    }

    private static Set<Attribute> attributes(CelAbstractSyntaxTree tree) throws ConditionProblem {
        Set<Attribute> found = EnumSet.noneOf(Attribute.class);
        List<CelExpr> selects = CelNavigableAst.fromAst(tree)
                .getRoot()
                .allNodes()
                .map(node -> node.expr())
                .filter(expr -> expr.getKind() == CelExpr.ExprKind.Kind.SELECT)
                .toList();
        for (CelExpr select : selects) {
            CelExpr operand = select.select().operand();
            if (operand.getKind() == CelExpr.ExprKind.Kind.IDENT
                    && Attribute.ROOTS.contains(operand.ident().name())) {
                found.add(attribute(tree, select, operand.ident().name()));
            }
        }
        return found;
    }

    private static Attribute attribute(CelAbstractSyntaxTree tree, CelExpr select, String root)
            throws ConditionProblem {
        String field = select.select().field();
        Attribute attribute = Attribute.of(root + "." + field);
        if (attribute == null) {
            var place = tree.getSource().getPositionsMap().get(select.id());
            var location = place == null
                    ? Optional.<dev.cel.common.CelSourceLocation>empty()
                    : tree.getSource().getOffsetLocation(place);
            throw new ConditionProblem(
                    "unknown attribute " + root + "." + field,
                    location.map(l -> l.getLine()).orElse(1),
                    location.map(l -> l.getColumn() + 1).orElse(1),
                    meant(field, Attribute.fieldsOf(root), "known are " + String.join(", ", Attribute.fieldsOf(root))));
        }
        return attribute;
    }
}
