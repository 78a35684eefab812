using Argosy.Build.Syntax.Instructions;

namespace Argosy.Build.Syntax;

/// <summary>A parsed Dockerfile.</summary>
/// <param name="GlobalArgs">The ARG instructions before the first FROM.</param>
/// <param name="Stages">The stages in order.</param>
/// <param name="Escape">The escape character; expansion needs it too.</param>
public sealed record Dockerfile(IReadOnlyList<ArgInstruction> GlobalArgs, IReadOnlyList<Stage> Stages, char Escape)
{
    /// <summary>Its physical lines.</summary>
    public required IReadOnlyList<string> Lines { get; init; }

    /// <summary>How many of the first lines are parser directives.</summary>
    public required int DirectiveLines { get; init; }

    /// <summary>The last lines of the instructions that have an empty line in their middle.</summary>
    public required IReadOnlyList<int> EmptyContinuations { get; init; }

    /// <summary>The value of the directive <c># check=</c>; null without it.</summary>
    public required string? Check { get; init; }
}
