#!/bin/sh
# Measures engine torch on a graphics card: the contract and the parity tests on it, then
# CardMeasurement. Nobody has run this on a card so far; with DEVICE cpu it has been tried.
#
#   experiments/torch-card.sh [DEVICE [SECONDS [LARGE]]]      such as cuda:0 10 12x768
set -eu
cd "$(dirname "$0")/.."
device=${1:-cuda}
export CUBLAS_WORKSPACE_CONFIG="${CUBLAS_WORKSPACE_CONFIG:-:4096:8}" # for equal bits; libtorch asks for it
profiles=torch
case $device in
  cuda*) profiles=torch,torch-cuda ;;
esac
mvn -q -P"$profiles" -pl torch -am test -Dtest='TorchEngineTest*,TorchModelsTest' \
  -Dsurefire.failIfNoSpecifiedTests=false
mvn -q -P"$profiles" -Dquick -DskipTests -pl torch -am package
case $device in
  cuda*) distribution=torch/target/mneme-cuda ;;
  *) distribution=torch/target/mneme ;;
esac
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" @torch/java-options \
  -cp "torch/target/test-classes:$distribution/modules/*:$distribution/lib/*" \
  dev.mneme.torch.CardMeasurement "$device" "${2:-10}" ${3:+"$3"}
