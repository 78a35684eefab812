using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using Argosy.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Argosy.Architecture.Tests;

/// <summary>docs/api.md lists the daemon's endpoints. <c>ARGOSY_WRITE_DOCS=1 dotnet test tests/Architecture.Tests</c> writes it anew.</summary>
public sealed class RouteTests
{
    private static readonly string Document = Path.Combine(Repository.Root, "docs/api.md");

    [Fact]
    public async Task The_documented_endpoints_are_those_that_there_are()
    {
        string expected = await RenderAsync();
        if (Environment.GetEnvironmentVariable("ARGOSY_WRITE_DOCS") == "1")
            await File.WriteAllTextAsync(Document, expected);
        Assert.Equal(expected, await File.ReadAllTextAsync(Document));
    }

    private static async Task<string> RenderAsync()
    {
        var text = new StringBuilder("""
            # Endpoints

            Every endpoint of argosyd, with or without the prefix `/v1.24` to `/v1.51`. The Engine API's own text says what they do;
            what is below `/argosy/` is ours. Written by tests/Architecture.Tests, which fails when this page and the code differ.

            | method | path |
            |---|---|

            """);
        foreach ((string method, string path) in await EndpointsAsync())
            text.Append($"| {method} | `{path}` |\n");
        return text.ToString();
    }

    private static async Task<IReadOnlyList<(string Method, string Path)>> EndpointsAsync()
    {
        await using WebApplication app = WebApplication.CreateSlimBuilder().Build();
        Assembly api = Assembly.Load("Argosy.Api");
        Type contract = api.GetType("Argosy.Api.Http.IRouteGroup", throwOnError: true)!;
        foreach (Type group in api.GetTypes().Where(type => type is { IsAbstract: false, IsInterface: false } && contract.IsAssignableFrom(type)))
            // A group's table needs none of its dependencies.
            contract.GetMethod("Map")!.Invoke(RuntimeHelpers.GetUninitializedObject(group), [app]);
        return [.. ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Select(method => (method, Path: endpoint.RoutePattern.RawText ?? "")) ?? [])
            .Distinct().OrderBy(route => route.Path, StringComparer.Ordinal).ThenBy(route => route.method, StringComparer.Ordinal)];
    }
}
