using System.Text.Json;
using System.Text.Json.Serialization;

namespace Shop.Common.Contract;

/// <summary>The JSON that the services exchange.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(IReadOnlyList<Product>))]
[JsonSerializable(typeof(IReadOnlyList<Category>))]
[JsonSerializable(typeof(Order))]
[JsonSerializable(typeof(OrderRequest))]
[JsonSerializable(typeof(ReservationRequest))]
[JsonSerializable(typeof(Reservation))]
[JsonSerializable(typeof(Refusal))]
[JsonSerializable(typeof(OrderStatistics))]
public sealed partial class ShopJson : JsonSerializerContext;
