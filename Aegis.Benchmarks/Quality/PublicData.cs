namespace Aegis.Benchmarks.Quality;

/// <summary>The public files that quality is measured on.</summary>
internal static class PublicData
{
    /// <summary>A file of theirs.</summary>
    /// <exception cref="FileNotFoundException">It is not there.</exception>
    public static string Existing(string folder, string file)
    {
        var path = Path.Combine(folder, file);
        return File.Exists(path) ? path : throw new FileNotFoundException(
            $"--data is '{folder}', where there is no {file}; allowed: the folder of the public files, see docs/datasets.md.");
    }
}
