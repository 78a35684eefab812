using Microsoft.AspNetCore.Routing;

namespace Argosy.Api.Http;

/// <summary>The endpoints of one resource, as a readable table.</summary>
internal interface IRouteGroup
{
    /// <summary>Adds the endpoints; paths are without the API version's prefix.</summary>
    void Map(IEndpointRouteBuilder routes);
}
