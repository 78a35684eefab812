using System.Globalization;
using Argosy.Contract.Stacks;

namespace Argosy.Stacks;

/// <summary>Docker Compose's names for what a service has.</summary>
internal static class ServiceNames
{
    internal static string Container(StackSpec spec, string service, int number) =>
        spec.Services[service].ContainerName ?? string.Create(CultureInfo.InvariantCulture, $"{spec.Name}-{service}-{number}");

    /// <summary>The image it runs: the one it names, or the one that is built for it.</summary>
    internal static string Image(StackSpec spec, string service) => spec.Services[service].Image ?? $"{spec.Name}-{service}";
}
