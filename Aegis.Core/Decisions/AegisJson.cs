using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aegis.Core.Decisions;

/// <summary>The JSON form of decisions, over HTTP and in the live feed.</summary>
public static class AegisJson
{
    /// <summary>Camel case, enumerations and positions as text, and nothing for null.</summary>
    public static JsonSerializerOptions Options { get; } = Configure(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    /// <summary>Applies the conventions to existing options.</summary>
    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
        options.Converters.Add(new LogPositionConverter());
        return options;
    }

    private sealed class LogPositionConverter : JsonConverter<LogPosition>
    {
        public override LogPosition Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            LogPosition.TryParse(reader.GetString(), out var position)
                ? position
                : throw new JsonException("A log position is written 1700000000000-0.");

        public override void Write(Utf8JsonWriter writer, LogPosition value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}
