namespace Argosy.CompatTests.DotNet;

/// <summary>Takes each report at once, on the thread that brings it (<see cref="Progress{T}"/> would post it).</summary>
internal sealed class Reporter<T>(Action<T> take) : IProgress<T>
{
    public void Report(T value) => take(value);
}
