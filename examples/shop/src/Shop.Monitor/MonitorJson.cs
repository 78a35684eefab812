using System.Text.Json;
using System.Text.Json.Serialization;

namespace Shop.Monitor;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true)]
[JsonSerializable(typeof(StatusReport))]
internal sealed partial class MonitorJson : JsonSerializerContext;
