using Argosy.Contract.Stacks;
using Argosy.Core;

namespace Argosy.Stacks;

/// <content>Containers are created before any is started, each service after those that it depends on.</content>
internal sealed partial class StackWork
{
    private async Task CreateContainersAsync(ServicePlan plan, UpOptions options)
    {
        foreach (ContainerStep.Remove surplus in plan.Steps.OfType<ContainerStep.Remove>())
            await RemoveOneAsync(surplus.Container, options.TimeoutSeconds, removeAnonymousVolumes: false);
        superseded.ThrowIfCancellationRequested();
        await Task.WhenAll(plan.Steps.Select(step => step switch
        {
            ContainerStep.Create create => CreateOneAsync(plan.Service, create),
            ContainerStep.Recreate recreate => ReplaceAsync(plan.Service, recreate, options),
            ContainerStep.Rename rename => engine.RenameAsync(rename.Container.Id, rename.Name, CancellationToken.None),
            _ => Task.CompletedTask,
        }));
    }

    private async Task CreateOneAsync(string service, ContainerStep.Create step)
    {
        progress.Container(service, step.Name, "Creating");
        await engine.CreateContainerAsync(step.Name, ContainerRequests.Of(Context(service, step.Number, step.Name, null)), new Dictionary<string, string>(), CancellationToken.None);
        progress.Container(service, step.Name, "Created");
    }

    /// <summary>
    /// 1. the new one under a name of its own, with the old one's anonymous volumes, 2. the old one away, 3. the name.
    /// A crash after any of these leaves what <see cref="Planner.Up"/> knows how to finish.
    /// </summary>
    private async Task ReplaceAsync(string service, ContainerStep.Recreate step, UpOptions options)
    {
        progress.Container(service, step.Name, "Recreate");
        ObservedContainer old = step.Old;
        IReadOnlyDictionary<string, string> volumes = options.RenewAnonymousVolumes ? new Dictionary<string, string>() : old.AnonymousVolumes;
        string id = await engine.CreateContainerAsync($"{old.Id[..Math.Min(12, old.Id.Length)]}_{step.Name}", ContainerRequests.Of(Context(service, step.Number, step.Name, old)), volumes, CancellationToken.None);
        await engine.StopAsync(old.Id, options.TimeoutSeconds, CancellationToken.None);
        await engine.RemoveAsync(old.Id, options.RenewAnonymousVolumes, CancellationToken.None);
        await engine.RenameAsync(id, step.Name, CancellationToken.None);
        progress.Container(service, step.Name, "Recreated");
    }

    private RequestContext Context(string service, int number, string name, ObservedContainer? replaces) => new()
    {
        Spec = spec,
        Service = service,
        Number = number,
        Name = name,
        ImageId = engine.FindImage(ServiceNames.Image(spec, service)) ?? throw EngineException.NotFound($"No such image: {ServiceNames.Image(spec, service)}"),
        ContainerOf = shared => Planner.Of(engine.Containers(spec.Name), shared).FirstOrDefault()?.Id ?? throw EngineException.Conflict($"service \"{service}\" shares a namespace with \"{shared}\", which has no container"),
        FileOf = (_, reference, isSecret) => files.PathOf(spec, reference, isSecret),
        Replaces = replaces,
    };
}
