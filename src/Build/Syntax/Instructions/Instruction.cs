namespace Argosy.Build.Syntax.Instructions;

/// <summary>One instruction of a Dockerfile, checked for form but not yet expanded.</summary>
public abstract record Instruction
{
    /// <summary>The instruction's word in upper case.</summary>
    public abstract string Name { get; }

    /// <summary>The logical line as written, continuation lines joined, surrounding space removed.</summary>
    public required string Source { get; init; }

    /// <summary>The physical line it begins on, from 1.</summary>
    public required int Line { get; init; }

    /// <summary>The physical line it ends on, here-documents included.</summary>
    public required int EndLine { get; init; }
}
