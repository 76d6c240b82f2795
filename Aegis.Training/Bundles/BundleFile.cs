using Aegis.MachineLearning.Bundles;

namespace Aegis.Training.Bundles;

/// <summary>Reads and writes bundles on disk.</summary>
internal static class BundleFile
{
    /// <summary>The bundle that <c>--model</c> names.</summary>
    /// <exception cref="ArgumentException">The bundle cannot be used.</exception>
    public static FraudModel Read(string path)
    {
        try
        {
            return FraudModelFile.Read(File.ReadAllBytes(path));
        }
        catch (FraudModelFormatException e)
        {
            throw new ArgumentException($"--model is '{path}'; allowed: a bundle of this release. {e.Message}");
        }
    }

    /// <summary>Replaces the bundle as a whole, so a reader sees the old one or the new one.</summary>
    public static void Write(string path, FraudModel model)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var partial = path + ".partial";
        File.WriteAllBytes(partial, FraudModelFile.Write(model));
        File.Move(partial, path, overwrite: true);
    }

    /// <summary>Checks whether there is a bundle that can be used with a rate table.</summary>
    /// <param name="path">The bundle.</param>
    /// <param name="ratesVersion">The version of the rate table.</param>
    public static BundleState Inspect(string path, string ratesVersion)
    {
        if (!File.Exists(path))
        {
            return new BundleState(IsUsable: false, Fault: null);
        }

        try
        {
            return new BundleState(FraudModelFile.Read(File.ReadAllBytes(path)).RatesVersion == ratesVersion, Fault: null);
        }
        catch (FraudModelFormatException e)
        {
            return new BundleState(IsUsable: false, e.Message);
        }
    }
}

/// <summary>Whether a bundle can be used.</summary>
/// <param name="IsUsable">True if the bundle is there, can be read, and was trained with the rate table.</param>
/// <param name="Fault">What is wrong with a file that cannot be read; otherwise null.</param>
internal readonly record struct BundleState(bool IsUsable, string? Fault);
