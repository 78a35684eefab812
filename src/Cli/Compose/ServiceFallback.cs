using Argosy.Cli.Session;
using Argosy.Client;
using Argosy.Compose;
using Argosy.Contract.Containers;

namespace Argosy.Cli.Compose;

/// <summary>Where no container has a name, the service of that name stands for its containers: that of the project in the working directory.</summary>
internal static class ServiceFallback
{
    /// <summary>The action on the container, or on the service's first one.</summary>
    public static async Task<T> OneAsync<T>(CliSession session, string name, Func<string, Task<T>> action, CancellationToken cancellationToken)
    {
        try
        {
            return await action(name);
        }
        catch (ApiException refusal) when (refusal.StatusCode == global::System.Net.HttpStatusCode.NotFound)
        {
            if (await FindAsync(session, name, cancellationToken) is not [var first, ..])
                throw;
            return await action(first.Id);
        }
    }

    /// <summary>The action on the container, or on each of the service's.</summary>
    public static async Task EachAsync(CliSession session, string name, Func<string, Task> action, CancellationToken cancellationToken)
    {
        try
        {
            await action(name);
        }
        catch (ApiException refusal) when (refusal.StatusCode == global::System.Net.HttpStatusCode.NotFound)
        {
            IReadOnlyList<ContainerSummary> containers = await FindAsync(session, name, cancellationToken);
            if (containers.Count == 0)
                throw;
            await Task.WhenAll(containers.Select(container => action(container.Id)));
        }
    }

    /// <summary>The service's containers, lowest number first; none when there is no project here or it has no such service.</summary>
    public static async Task<IReadOnlyList<ContainerSummary>> FindAsync(CliSession session, string service, CancellationToken cancellationToken)
    {
        Dictionary<string, string> environment = ProjectFlags.Environment();
        string directory = Directory.GetCurrentDirectory();
        if (!ComposeProject.Exists(directory, environment))
            return [];
        try
        {
            ComposeProject project = ComposeProject.Load(new ComposeOptions { Environment = environment, WorkingDirectory = directory, Profiles = ["*"] });
            return project.Spec.Services.ContainsKey(service)
                ? await ComposeContainers.ListAsync(session, project.Spec.Name, [service], [service], all: true, cancellationToken)
                : [];
        }
        catch (ComposeException)
        {
            // The user asked for a container: what is wrong with a compose file beside the way is not the answer.
            return [];
        }
    }
}
