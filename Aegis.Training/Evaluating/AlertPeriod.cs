using System.Text.Json.Serialization;

namespace Aegis.Training.Evaluating;

/// <summary>The time that analysts have for k cards.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AlertPeriod>))]
internal enum AlertPeriod
{
    /// <summary>A UTC calendar day.</summary>
    [JsonStringEnumMemberName("day")]
    Day,

    /// <summary>Seven days, counted from the first judged day.</summary>
    [JsonStringEnumMemberName("week")]
    Week,
}
