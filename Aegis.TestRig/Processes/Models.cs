namespace Aegis.TestRig.Processes;

/// <summary>Makes models of the default size.</summary>
internal static class Models
{
    /// <summary>Trains a model on simulated payments.</summary>
    /// <returns>The bundle's path.</returns>
    public static async Task<string> TrainAsync(string folder, ulong seed)
    {
        var path = Path.Combine(folder, "model.aegis");
        await Programs.RunAsync("Aegis.Training", "train", "--out", path, "--seed", $"{seed}", "--budget", "100");
        return path;
    }
}
