namespace Argosy.Build.Tests.Fakes;

/// <summary>"Runs" a step by a delegate that may change the root.</summary>
internal sealed class FakeRunner : IStepRunner
{
    public List<StepCommand> Commands { get; } = [];

    /// <summary>Given the root and the command line, returns the exit code.</summary>
    public Func<string, string, int> Act { get; set; } = (root, command) =>
    {
        File.WriteAllText(Path.Combine(root, "ran"), command);
        return 0;
    };

    /// <summary>Called before a command acts.</summary>
    public Func<StepCommand, CancellationToken, Task>? Before { get; set; }

    public async Task<int> RunAsync(IBuildSnapshot snapshot, StepCommand command, Func<int, ReadOnlyMemory<byte>, CancellationToken, ValueTask> output, CancellationToken cancellationToken)
    {
        lock (Commands)
            Commands.Add(command);
        if (Before is { } before)
            await before(command, cancellationToken);
        await output(1, "out é\n"u8.ToArray().AsMemory(0, 5), cancellationToken);
        await output(1, "out é\n"u8.ToArray().AsMemory(5), cancellationToken);
        return Act(snapshot.Root, string.Join(' ', command.Arguments));
    }
}
