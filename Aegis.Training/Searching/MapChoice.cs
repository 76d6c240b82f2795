using Aegis.Datasets.Maps;
using Aegis.MachineLearning.Choices;

namespace Aegis.Training.Searching;

/// <summary>The choice that a column map names.</summary>
internal static class MapChoice
{
    /// <summary>The choice of a map; the default for a map that names none.</summary>
    /// <param name="map">The name of a shipped map, or a path.</param>
    /// <param name="feedsLabels">True if labels feed features.</param>
    /// <exception cref="Datasets.Files.DatasetException">The map cannot be read.</exception>
    /// <exception cref="ArgumentException">The map names an unknown choice.</exception>
    public static ModelChoice Of(string map, bool feedsLabels) => ColumnMap.Load(map).Choice is { } name
        ? ModelChoice.Named(name, feedsLabels) ?? throw new ArgumentException(
            $"choice of column map '{map}' is '{name}'; allowed: {string.Join(", ", ModelChoice.ShippedNames)}.")
        : ModelChoice.Named(ModelChoice.DefaultName, feedsLabels)!;
}
