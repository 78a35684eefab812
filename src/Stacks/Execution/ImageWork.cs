using Argosy.Contract.Stacks;
using Argosy.Core;

namespace Argosy.Stacks;

/// <summary>Makes sure that every service's image is here; the client has built what is to be built.</summary>
internal sealed class ImageWork(StackSpec spec, IStackEngine engine, ProgressLog progress, CancellationToken superseded)
{
    internal async Task EnsureAsync(IEnumerable<string> services, string? pull)
    {
        // Services that share an image share its pull.
        await Task.WhenAll(services
            .GroupBy(name => ServiceNames.Image(spec, name))
            .Select(group => EnsureAsync(group.Key, group.First(), pull)));
    }

    private async Task EnsureAsync(string image, string name, string? pull)
    {
        StackService service = spec.Services[name];
        string policy = service.Build is not null ? "never" : pull ?? service.PullPolicy ?? "missing";
        bool isHere = engine.FindImage(image) is not null;
        if (isHere && policy != "always")
            return;
        if (policy is "never" or "build")
            throw EngineException.NotFound(service.Build is not null
                ? $"No such image: {image}: service \"{name}\" has to be built first"
                : $"No such image: {image}");
        progress.Resource("image", image, "Pulling", service: name);
        try
        {
            await engine.PullImageAsync(image, service.Platform, line => progress.Resource("image", image, "Pulling", line, name), superseded);
        }
        catch (EngineException exception)
        {
            progress.Resource("image", image, "Error", exception.Message, name);
            throw;
        }
        progress.Resource("image", image, "Pulled", service: name);
    }
}
