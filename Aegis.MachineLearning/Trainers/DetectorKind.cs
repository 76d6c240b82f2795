namespace Aegis.MachineLearning.Trainers;

/// <summary>The detectors. The numeric values are part of the file format and never change.</summary>
internal enum DetectorKind : byte
{
    IsolationForest = 1,
    Autoencoder = 2,
    TailSum = 3,
}
