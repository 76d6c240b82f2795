using System.Text.Json;

namespace Aegis.Training.Verbs;

/// <summary>Writes the results of a verb as a JSON file.</summary>
internal static class JsonReport
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true };

    /// <summary>Replaces the file.</summary>
    public static void Write<T>(string path, T report) => File.WriteAllText(path, JsonSerializer.Serialize(report, Json));
}
