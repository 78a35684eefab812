using System.Globalization;
using System.Text.RegularExpressions;
using Argosy.Api.Http;
using Argosy.Contract.Containers;
using Argosy.Core;
using Argosy.Engine.Containers;
using Argosy.Engine.Containers.Model;
using Argosy.Engine.Health;
using Argosy.Networks;

namespace Argosy.Api.Routes.Containers;

/// <summary>The filters of <c>GET /containers/json</c>.</summary>
internal sealed class ContainerQuery(ContainerTable table, HealthMonitor health, NetworkManager networks, NetworkPresenter ports, ImageAncestry ancestry)
{
    private static readonly string[] Known =
        ["ancestor", "before", "expose", "exited", "health", "id", "is-task", "isolation", "label", "name", "network", "publish", "since", "status", "volume"];

    /// <summary>Newest first; only running ones unless <paramref name="all"/> or a filter on the status says otherwise.</summary>
    internal IEnumerable<ContainerRecord> Run(Filters filters, bool all)
    {
        filters.Require(Known);
        DateTimeOffset? before = Moment(filters, "before");
        DateTimeOffset? since = Moment(filters, "since");
        bool every = all || filters.Has("status");
        Check(filters);
        return table.All
            .Where(container => !container.Hidden)
            .Where(container => every || container.State.Status is ContainerStatus.Running or ContainerStatus.Paused or ContainerStatus.Restarting)
            .Where(container => (before is null || container.Created < before) && (since is null || container.Created > since))
            .Where(container => Matches(container, filters))
            .OrderByDescending(container => container.Created);
    }

    /// <summary>Values that cannot be, with dockerd's words.</summary>
    private static void Check(Filters filters)
    {
        foreach (string status in filters.Get("status"))
        {
            if (status is not ("created" or "running" or "paused" or "restarting" or "removing" or "exited" or "dead"))
                throw EngineException.Invalid($"invalid filter 'status={status}'");
        }
        foreach (string code in filters.Get("exited"))
        {
            if (!int.TryParse(code, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
                throw EngineException.Invalid($"strconv.Atoi: parsing \"{code}\": invalid syntax");
        }
        foreach (string state in filters.Get("health"))
        {
            if (state is not ("none" or "starting" or "healthy" or "unhealthy"))
                throw EngineException.Invalid($"unrecognized filter value for health: {state}");
        }
        filters.GetBool("is-task");
        foreach (string port in filters.Get("publish").Concat(filters.Get("expose")))
            PortFilter.Parse(port);
    }

    private bool Matches(ContainerRecord container, Filters filters) =>
        filters.MatchesLabels(container.Config.Labels)
        && Any(filters, "status", status => container.State.Status.ToString().Equals(status, StringComparison.OrdinalIgnoreCase))
        && Any(filters, "id", id => container.Id.Value.StartsWith(id, StringComparison.Ordinal))
        && Any(filters, "name", name => MatchesName(container.Name, name))
        && Any(filters, "exited", code => container.State.Status == ContainerStatus.Exited && container.State.ExitCode.ToString(CultureInfo.InvariantCulture) == code)
        && Any(filters, "health", wanted => (health.Of(container.Id)?.Status ?? HealthStatus.None).ToString().Equals(wanted, StringComparison.OrdinalIgnoreCase))
        && Any(filters, "volume", volume => container.Mounts.Any(mount => mount.Name == volume || mount.Destination == volume || mount.Source == volume))
        && Any(filters, "network", network => container.Endpoints.Any(endpoint => IsNetwork(endpoint.Network, network)) || container.Host.NetworkMode == network)
        && AnyPort(filters, "expose", container, port => port.PrivatePort)
        && AnyPort(filters, "publish", container, port => port.PublicPort)
        // There are no tasks without a swarm.
        && filters.GetBool("is-task") is not true
        // "isolation" tells nothing apart on Linux: dockerd takes any value there.
        && Any(filters, "ancestor", image => container.Config.Image == image || ancestry.IsAncestor(image, container));

    private static bool Any(Filters filters, string key, Func<string, bool> matches) => !filters.Has(key) || filters.Get(key).Any(matches);

    /// <summary>Only ports that a container has now: one that does not run has none, as with dockerd.</summary>
    private bool AnyPort(Filters filters, string key, ContainerRecord container, Func<Port, int> number) =>
        Any(filters, key, text => PortFilter.Parse(text) is var wanted && ports.Ports(container).Any(port => wanted.Has(number(port), port.Type)));

    private bool IsNetwork(string asked, string filter) =>
        asked == filter || (networks.TryFind(asked, out NetworkRecord? network) && (network.Id.Value.StartsWith(filter, StringComparison.Ordinal) || network.Name == filter));

    /// <summary>Docker takes the filter as a regular expression, and tries it with the leading slash too.</summary>
    private static bool MatchesName(string name, string filter)
    {
        try
        {
            var pattern = new Regex(filter, RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(100));
            return pattern.IsMatch("/" + name) || pattern.IsMatch(name);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private DateTimeOffset? Moment(Filters filters, string key) =>
        filters.Has(key) ? table.Find(filters.Get(key)[0]).Created : null;
}
