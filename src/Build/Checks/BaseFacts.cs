using Argosy.Build.Images;

namespace Argosy.Build.Checks;

/// <summary>What a check has to know of the image that a stage stands on.</summary>
/// <param name="Environment">Its variables, <c>NAME=value</c>.</param>
/// <param name="Triggers">What it left to be done by its children (ONBUILD).</param>
/// <param name="HasShell">Whether it has chosen a shell.</param>
internal sealed record BaseFacts(IReadOnlyList<string> Environment, IReadOnlyList<string> Triggers, bool HasShell)
{
    public static BaseFacts Of(ImageSettings settings) => new(settings.Env ?? [], settings.OnBuild ?? [], settings.Shell is { Count: > 0 });
}
