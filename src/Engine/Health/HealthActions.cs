using Argosy.Core;
using Argosy.Engine.Containers.Model;

namespace Argosy.Engine.Health;

/// <summary>Reads the label.</summary>
internal static class HealthActions
{
    internal const string Label = "argosy.health.on-failure";

    /// <exception cref="EngineException"><see cref="ErrorKind.InvalidArgument"/>: an unknown action, or nothing that could fail.</exception>
    internal static HealthAction Of(ContainerConfig config)
    {
        if (!config.Labels.TryGetValue(Label, out string? text))
            return HealthAction.None;
        HealthAction action = text switch
        {
            "none" => HealthAction.None,
            "stop" => HealthAction.Stop,
            "kill" => HealthAction.Kill,
            "restart" => HealthAction.Restart,
            _ => throw EngineException.Invalid($"invalid value \"{text}\" of label {Label}: use one of none, stop, kill, restart"),
        };
        return action == HealthAction.None || config.Healthcheck is { IsEnabled: true }
            ? action : throw EngineException.Invalid($"label {Label}={text} needs a health check");
    }
}
