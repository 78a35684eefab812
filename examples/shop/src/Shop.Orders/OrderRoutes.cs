using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Shop.Common.Contract;

namespace Shop.Orders;

/// <summary>The HTTP interface of the order book.</summary>
internal static class OrderRoutes
{
    internal static void MapOrders(this WebApplication app)
    {
        app.MapPost("/orders", PlaceAsync);
        app.MapGet("/orders/{number}", FindAsync);
        app.MapGet("/statistics", StatisticsAsync);
        app.MapPost("/reservations", HoldAsync);
        app.MapDelete("/reservations/{cartId}", ReleaseAsync);
    }

    private static async Task<JsonHttpResult<Order>> AnswerAsync(OrderReader orders, string number, int status, CancellationToken cancellationToken) =>
        TypedResults.Json((await orders.FindAsync(number, cancellationToken))!, ShopJson.Default.Order, statusCode: status);

    // 201: taken now; 200: this key was here before, and its order is the answer; 409: refused, nothing was written.
    private static async Task<IResult> PlaceAsync(
        HttpRequest http,
        [FromHeader(Name = "Idempotency-Key")] string? key,
        OrderBook book,
        OrderReader orders,
        CancellationToken cancellationToken)
    {
        if (key is not { Length: > 0 and <= 100 })
            return Refuse(StatusCodes.Status400BadRequest, "The header Idempotency-Key is missing or too long.");
        var request = await http.ReadFromJsonAsync(ShopJson.Default.OrderRequest, cancellationToken);
        if (request is not { CartId: not null, Customer: not null, Items: not null })
            return Refuse(StatusCodes.Status400BadRequest, "The order has no cart, no customer or no lines.");
        // Before anything else is looked at: the cart of an order that was taken is empty when the customer sends the form again.
        if (await book.FindByKeyAsync(key, request.CartId, cancellationToken) is { } earlier)
            return await AnswerAsync(orders, earlier, StatusCodes.Status200OK, cancellationToken);
        if (RequestCheck.Problem(request) is { } problem)
            return Refuse(StatusCodes.Status400BadRequest, problem);

        return await book.PlaceAsync(key, request, cancellationToken) switch
        {
            PlaceOutcome.Taken { Replayed: true } taken => await AnswerAsync(orders, taken.Number, StatusCodes.Status200OK, cancellationToken),
            PlaceOutcome.Taken taken => await AnswerAsync(orders, taken.Number, StatusCodes.Status201Created, cancellationToken),
            PlaceOutcome.Refused refused => TypedResults.Json(refused.Refusal, ShopJson.Default.Refusal, statusCode: StatusCodes.Status409Conflict),
            var other => throw new InvalidOperationException($"unknown outcome {other}"),
        };
    }

    private static async Task<Results<JsonHttpResult<Order>, NotFound>> FindAsync(string number, OrderReader orders, CancellationToken cancellationToken) =>
        await orders.FindAsync(number, cancellationToken) is { } order
            ? TypedResults.Json(order, ShopJson.Default.Order)
            : TypedResults.NotFound();

    private static async Task<JsonHttpResult<OrderStatistics>> StatisticsAsync(OrderReader orders, CancellationToken cancellationToken) =>
        TypedResults.Json(await orders.StatisticsAsync(cancellationToken), ShopJson.Default.OrderStatistics);

    private static async Task<IResult> HoldAsync(HttpRequest http, Reservations reservations, CancellationToken cancellationToken)
    {
        var request = await http.ReadFromJsonAsync(ShopJson.Default.ReservationRequest, cancellationToken);
        if (request is not { Items: not null } || RequestCheck.Problem(request.CartId, request.Items) is not null)
            return Refuse(StatusCodes.Status400BadRequest, "The reservation has no cart or no valid lines.");

        var (held, shortages) = await reservations.HoldAsync(request, cancellationToken);
        return held is not null
            ? TypedResults.Json(held, ShopJson.Default.Reservation)
            : TypedResults.Json(
                new Refusal(Refusal.OutOfStock, "Not everything is in stock any more.", shortages),
                ShopJson.Default.Refusal, statusCode: StatusCodes.Status409Conflict);
    }

    private static async Task<NoContent> ReleaseAsync(string cartId, Reservations reservations, CancellationToken cancellationToken)
    {
        await reservations.ReleaseAsync(cartId, cancellationToken);
        return TypedResults.NoContent();
    }

    private static JsonHttpResult<Refusal> Refuse(int status, string message) =>
        TypedResults.Json(new Refusal(Refusal.Invalid, message, []), ShopJson.Default.Refusal, statusCode: status);
}
