using System.Net;
using Shop.Common.Contract;

namespace Shop.Web.Backends;

/// <summary>The order service.</summary>
internal sealed class OrdersClient(Backend backend)
{
    /// <summary>Holds goods for a cart.</summary>
    /// <returns>Null when they are held, otherwise why not.</returns>
    internal async Task<Refusal?> HoldAsync(ReservationRequest request, CancellationToken cancellationToken)
    {
        using var answer = await backend.SendAsync(
            () => new HttpRequestMessage(HttpMethod.Post, "/reservations")
            {
                Content = JsonContent.Create(request, ShopJson.Default.ReservationRequest),
            },
            cancellationToken);
        return answer.StatusCode == HttpStatusCode.OK ? null : await backend.ReadAsync(answer, ShopJson.Default.Refusal, cancellationToken);
    }

    /// <summary>Places an order; the key makes it safe to try again.</summary>
    internal async Task<(Order? Order, Refusal? Refusal)> PlaceAsync(string key, OrderRequest request, CancellationToken cancellationToken)
    {
        using var answer = await backend.SendAsync(
            () => new HttpRequestMessage(HttpMethod.Post, "/orders")
            {
                Headers = { { "Idempotency-Key", key } },
                Content = JsonContent.Create(request, ShopJson.Default.OrderRequest),
            },
            cancellationToken);
        return answer.IsSuccessStatusCode
            ? (await backend.ReadAsync(answer, ShopJson.Default.Order, cancellationToken), null)
            : (null, await backend.ReadAsync(answer, ShopJson.Default.Refusal, cancellationToken));
    }

    internal Task<Order?> FindAsync(string number, CancellationToken cancellationToken) =>
        backend.GetAsync($"/orders/{Uri.EscapeDataString(number)}", ShopJson.Default.Order, cancellationToken);
}
