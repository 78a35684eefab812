using Argosy.Build.Syntax.Instructions;

namespace Argosy.Build.Syntax;

/// <summary>A parsed Dockerfile.</summary>
/// <param name="GlobalArgs">The ARG instructions before the first FROM.</param>
/// <param name="Stages">The stages in order.</param>
/// <param name="Escape">The escape character; expansion needs it too.</param>
/// <param name="Warnings">What is accepted but should be changed.</param>
public sealed record Dockerfile(IReadOnlyList<ArgInstruction> GlobalArgs, IReadOnlyList<Stage> Stages, char Escape, IReadOnlyList<string> Warnings);
