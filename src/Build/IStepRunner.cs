namespace Argosy.Build;

/// <summary>Runs a build step's process. The engine implements it, with the confinement that every container has.</summary>
public interface IStepRunner
{
    /// <summary>Runs to the end; on cancellation the process is killed. Nothing of it is left when the task is done, whatever its outcome.</summary>
    /// <param name="snapshot">Its root file system.</param>
    /// <param name="command">What to run and how.</param>
    /// <param name="output">Called with each piece of standard output (1) and error (2), in order.</param>
    /// <returns>The exit code.</returns>
    Task<int> RunAsync(IBuildSnapshot snapshot, StepCommand command, Func<int, ReadOnlyMemory<byte>, CancellationToken, ValueTask> output, CancellationToken cancellationToken);
}
