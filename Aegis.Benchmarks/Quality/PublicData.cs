namespace Aegis.Benchmarks.Quality;

/// <summary>The public files that measure quality.</summary>
internal static class PublicData
{
    /// <summary>The path of one of them.</summary>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    public static string Existing(string folder, string file)
    {
        var path = Path.Combine(folder, file);
        return File.Exists(path) ? path : throw new FileNotFoundException(
            $"--data is '{folder}', where there is no {file}; allowed: the folder of the public files, see docs/datasets.md.");
    }
}
