namespace Argosy.Stacks;

/// <summary>An operation under way. It goes on whether or not anybody reads its progress.</summary>
/// <param name="Progress">What it reports; ends with a line that says how it ended.</param>
/// <param name="Completion">Ends when the operation does; never faulted.</param>
public sealed record StackJob(ProgressLog Progress, Task Completion);
