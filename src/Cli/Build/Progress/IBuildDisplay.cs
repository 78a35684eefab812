using Argosy.Contract.Build;

namespace Argosy.Cli.Build.Progress;

/// <summary>Shows the news of a build's graph. Dispose it when the build has ended, well or not.</summary>
internal interface IBuildDisplay : IAsyncDisposable
{
    /// <summary>Safe to call from several tasks.</summary>
    void Show(BuildStatus status);
}
