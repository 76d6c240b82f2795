using System.Globalization;
using System.IO.Compression;
using Aegis.MachineLearning.Forests.Training;

namespace Aegis.Tests.MachineLearning;

/// <summary>A numeric table whose last column is the label.</summary>
internal static class AdBenchTable
{
    public static (float[] Rows, int Columns, bool[] Labels) Read(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim().Split(',')).ToList();
        var values = lines.Where(cells => float.TryParse(cells[0], CultureInfo.InvariantCulture, out _)).ToList();
        var columns = values[0].Length - 1;
        return (
            [.. values.SelectMany(cells => cells.Take(columns).Select(cell => float.Parse(cell, CultureInfo.InvariantCulture)))],
            columns,
            [.. values.Select(cells => float.Parse(cells[columns], CultureInfo.InvariantCulture) > 0.5)]);
    }
}
